r"""Make texts from elsewhere (servers, arguments, cells, file names) safe to print.

A control character can move the cursor, rename the window or set a text backwards (ESC, U+202E); so it is shown as the
escape that a programmer would write for it. Credentials are never printed.
"""

import os
import re
from collections.abc import Iterable

# C0 and C1, a carriage return alone, what ends a line or sets a direction in Unicode, and half characters
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)"
)
_BREAKS = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_USER = re.compile(r"(?<=://)[^/?#\s]*@")
_SHORTEST = 4  # characters of a secret: where less is masked, the rest of the text spells it out
MASK = "***"


def visible(text: str) -> str:
    r"""Return a text with its control characters escaped, but for tabs and line ends.

    >>> print(visible("a\x1b[31m\u202eb"))
    a\x1b[31m\u202eb
    """
    return text if text.isascii() and text.isprintable() else _CONTROL.sub(_escape, text)


def visible_line(text: str) -> str:
    r"""Return a text as one line, with tabs and line ends escaped too.

    >>> print(visible_line("a\nb"))
    a\nb
    """
    return re.sub(r"[\t\n\r]", lambda match: _BREAKS[match[0]], visible(text))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def escaped(document: str) -> str:
    r"""Return a JSON, Turtle or SPARQL TSV document with the control characters as `\uXXXX`, which loses nothing.

    >>> print(escaped('{"a": "\u202e"}'))
    {"a": "\u202E"}
    """
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04X}", document)


def in_address(iri: str) -> str:
    r"""Return an IRI for a link, its control characters percent-encoded.

    >>> in_address("http://a/\u202e")
    'http://a/%E2%80%AE'
    """
    from urllib.parse import quote

    return _CONTROL.sub(lambda match: quote(match[0], errors="replace"), iri)


def masked(text: str, secrets: Iterable[str]) -> str:
    """Return a text without secrets of at least four characters, in whatever form a server repeats them.

    The forms are: as it is, as in an address, as in JSON, in Base64, and each of them in small or capital letters.

    >>> masked("got Bearer abc-def", ["abc-def"])
    'got Bearer ***'
    """
    long = [secret for secret in secrets if len(secret) >= _SHORTEST]
    if not long:
        return text
    from urllib.parse import quote  # takes longer than all else here, and most calls have no secret

    forms = {quote(secret, safe=safe, errors="replace") for secret in long for safe in ("", "/")}
    forms |= {form for secret in long for form in (secret, secret.replace("/", "\\/"), base64_of(secret))}
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.sub("|".join(map(re.escape, longest_first)), MASK, text, flags=re.IGNORECASE)


def base64_of(text: str) -> str:
    """Return a text in Base64, its characters in UTF-8."""
    from binascii import b2a_base64

    return b2a_base64(text.encode("utf-8", "surrogateescape"), newline=False).decode()


def secrets_of_environment() -> list[str]:
    """Return the secrets that the environment holds, those that are sent in Base64 in that form too."""
    token, user, password = (os.environ.get(name, "") for name in ("KG_TOKEN", "KG_USER", "KG_PASSWORD"))
    return [secret for secret in (token, password, password and base64_of(f"{user}:{password}")) if secret]


def keep_lines(message: str, arguments: Iterable[str]) -> str:
    r"""Return a message with the line ends escaped that come from one of the arguments, not from us.

    >>> keep_lines("a\nb: no such file\ntry: x", ["a\nb"])
    'a\\nb: no such file\ntry: x'
    """
    for part in {part for word in arguments for part in re.split(r"^-+|[/=]", word) if "\n" in part}:
        message = message.replace(part, visible_line(part))
    return message


def for_terminal(message: str) -> str:
    """Return a message without control characters and credentials."""
    return visible(_USER.sub(f"{MASK}@", masked(message, secrets_of_environment())))
