"""Addresses of stores: checked, written in ASCII as requests need them, and shown without what may be secret."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from kg.errors import UsageError

_ALLOWED = "%/:=&?~#+!$,;'@()*[]"  # in a path and a query, beside letters, digits and -._


def check_address(url: str, name: str = "") -> str:
    """Return the address of a store in ASCII: a host name such as 例え.jp in Punycode, the rest percent-encoded.

    `name` is the option that gives the address. Raises UsageError if it is not an http or https address, or contains a
    user name: addresses are visible to others in process lists and logs.
    """
    if not url.strip():
        raise UsageError(
            f"{name or 'the address of the store'} is empty; give one such as http://localhost:3030/ds/query"
        )
    shown = shown_address(url)
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError as error:
        reason = "" if "@" in url else f": {error}"  # which may quote a password
        raise UsageError(f"{shown} is not an address{reason}") from error
    if "@" in parts.netloc:
        raise UsageError(
            f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}: credentials do not belong in an address; set "
            "KG_USER and KG_PASSWORD, or KG_TOKEN, or write them into ~/.netrc"
        )
    if parts.scheme not in {"http", "https"} or not host or re.search(r"[\s\x00-\x1f\x7f]", url):
        raise UsageError(f"{shown} is not an http or https address such as http://localhost:3030/ds/query")
    place = host if port is None else f"{host}:{port}"
    path, query = (quote(part, safe=_ALLOWED, errors="surrogateescape") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, place, path, query, ""))


def _ascii_host(host: str) -> str:
    """Return a host name in Punycode, an address in digits as it is. Raises ValueError if it is neither."""
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError(f"{host!r} cannot be the name of a host") from error


def shown_address(url: str) -> str:
    """Return an address for messages, without query and without all before an @, which may be secret.

    >>> shown_address("http://me:secret@host/sparql?apikey=secret"), shown_address("http://host/sparql")
    ('…@host/sparql', 'http://host/sparql')
    """
    before, at, rest = url.partition("?")[0].rpartition("@")
    return f"…@{rest}" if at else before + rest
