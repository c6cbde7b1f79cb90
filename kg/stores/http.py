"""HTTP exchanges with a store: deadlines, retries, credentials, and errors that quote the store."""

import base64
import html
import netrc
import os
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import NoReturn
from urllib.parse import urlsplit

from kg.errors import InputError, RemoteError, UsageError

_CHUNK, _SAID = 1 << 16, 300
_UNAVAILABLE = 503


@dataclass(frozen=True)
class Limits:
    """Limits of an exchange: its total time in seconds, the retries if the store is busy, and the size in bytes."""

    timeout: float = 60.0
    retries: int = 4
    size: int = 1 << 29


@dataclass(frozen=True)
class Response:
    """The response of a store; `url` is the address of the request."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Return whether the request succeeded."""
        return 200 <= self.status < 300

    @property
    def media(self) -> str:
        """Return the media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def said(self) -> str:
        """Return the beginning of the body as one line of plain text."""
        text = self.body[: 20 * _SAID].decode("utf-8", "replace")
        if self.media in {"text/html", "application/xhtml+xml"}:
            text = html.unescape(re.sub(r"(?s)<(style|script).*?</\1>|<[^>]*>", " ", text))
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return text if len(text) <= _SAID else text[:_SAID] + " …"


def check_address(url: str) -> str:
    """Return the address of a store after checking it.

    Raises UsageError if it is not an http or https address, or contains a user name: addresses are visible to others in
    process lists and logs.
    """
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 — reading it checks it
    except ValueError as error:
        raise UsageError(f"{url} is not an address: {error}") from error
    if "@" in parts.netloc:
        raise UsageError(
            f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}: credentials do not belong in an address; set "
            "KG_USER and KG_PASSWORD, or KG_TOKEN, or write them into ~/.netrc"
        )
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"[\s\x00-\x1f]", url):
        raise UsageError(f"{url} is not an http or https address such as http://localhost:3030/ds/query")
    return url


def authorization(url: str) -> str | None:
    """Return the Authorization header for an address, from KG_TOKEN, or KG_USER and KG_PASSWORD, or netrc.

    Raises InputError if the netrc file cannot be read.
    """
    if token := os.environ.get("KG_TOKEN"):
        return f"Bearer {token}"
    user, password = os.environ.get("KG_USER"), os.environ.get("KG_PASSWORD")
    if not user:
        try:
            entry = netrc.netrc(os.environ.get("NETRC")).authenticators(urlsplit(url).hostname or "")
        except FileNotFoundError:
            return None
        except (OSError, netrc.NetrcParseError) as error:
            reason = error.msg if isinstance(error, netrc.NetrcParseError) else error.strerror
            raise InputError(f"{os.environ.get('NETRC', '~/.netrc')}: cannot be read: {reason}") from error
        if entry is None:
            return None
        user, password = entry[0], entry[2]
    return "Basic " + base64.b64encode(f"{user}:{password or ''}".encode()).decode()


class _AsItIs(urllib.request.HTTPErrorProcessor):
    """A handler that accepts every status as an answer: credentials and updates must not follow a redirect."""

    def http_response(self, request: urllib.request.Request, response: HTTPResponse) -> HTTPResponse:
        """Return the answer unchanged."""
        return response

    https_response = http_response


def send(request: urllib.request.Request, limits: Limits | None = None) -> Response:
    """Return the response of the store, whatever its status; a busy store (503) is asked again.

    Raises RemoteError if it cannot be reached, does not complete the response in time, or exceeds the size limit.
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.timeout
    if (credentials := authorization(request.full_url)) and not request.has_header("Authorization"):
        request.add_unredirected_header("Authorization", credentials)
    for attempt in range(limits.retries + 1):
        response = _once(request, limits, deadline)
        pause = _pause(response, attempt)
        if response.status != _UNAVAILABLE or attempt == limits.retries or time.monotonic() + pause > deadline:
            return response
        time.sleep(pause)
    raise AssertionError


def _pause(response: Response, attempt: int) -> float:
    asked = response.headers.get("retry-after", "")
    return float(asked) if asked.isascii() and asked.isdigit() else 0.25 * 2**attempt


def _once(request: urllib.request.Request, limits: Limits, deadline: float) -> Response:
    url = request.full_url.partition("?")[0]
    opener = urllib.request.build_opener(_AsItIs)
    try:
        with opener.open(request, timeout=max(deadline - time.monotonic(), 0.001)) as stream:
            body = bytearray()
            while chunk := stream.read1(_CHUNK):
                body += chunk
                if len(body) > limits.size:
                    raise RemoteError(f"{url}: the answer is larger than {limits.size // 2**20} MiB")
                if time.monotonic() > deadline:
                    raise TimeoutError
            headers = {name.lower(): value for name, value in stream.headers.items()}
            declared = headers.get("content-length", "")
            if declared.isdigit() and request.get_method() != "HEAD" and len(body) < int(declared):
                raise IncompleteRead(bytes(body), int(declared) - len(body))
            return Response(url, stream.status, headers, bytes(body))
    except (OSError, HTTPException) as error:
        _give_up(url, error, limits)


def _give_up(url: str, error: Exception, limits: Limits) -> NoReturn:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        raise RemoteError(f"{url}: no complete answer within {limits.timeout:g} s (see --timeout)") from error
    if isinstance(reason, IncompleteRead):
        raise RemoteError(f"{url}: the answer was cut off") from error
    if isinstance(reason, socket.gaierror):
        raise RemoteError(f"{url}: the host is unknown") from error
    text = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason) or type(reason).__name__
    raise RemoteError(f"{url}: cannot be reached: {text}") from error


def refuse(response: Response) -> NoReturn:
    """Raise the error for a request that failed. Raises RemoteError, always."""
    known = {
        401: "it asks who you are: set KG_USER and KG_PASSWORD, or KG_TOKEN, or write them into ~/.netrc",
        403: "it does not allow this",
        404: "there is nothing at this address",
        _UNAVAILABLE: "it is busy",
    }
    where = response.headers.get("location", "")
    what = f"it points to {where}; use that address" if 300 <= response.status < 400 else known.get(response.status)
    said = response.said()
    parts = [f"{response.url}: the store answered {response.status}"]
    parts += [part for part in (what, f"it said: {said}" if said else None) if part]
    raise RemoteError("; ".join(parts))
