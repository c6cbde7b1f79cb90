"""HTTP exchanges with a store: deadlines, retries, and errors that quote the store but show no credentials."""

import html
import re
import socket
import time
import urllib.error
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from typing import NoReturn
from urllib.request import Request

from kg.errors import RemoteError
from kg.printable import masked, visible
from kg.stores.address import shown_address
from kg.stores.credentials import Credentials, find_credentials
from kg.stores.deadline import Exchange

_CHUNK, _SAID = 1 << 16, 300
_UNAVAILABLE, _TOO_MANY = 503, 429
_LONGEST = 1e6  # seconds; neither sockets nor threads wait for as long as a float can say
_PARTS = {206, 226}  # Partial Content, and the difference to an earlier answer


@dataclass(frozen=True)
class Limits:
    """Limits of an exchange: its total time in seconds, the retries if the store is busy, and the size in bytes."""

    timeout: float = 60.0
    retries: int = 4
    size: int = 1 << 29

    def deadline(self) -> float:
        """Return the time on the monotonic clock by which what begins now must have ended."""
        return time.monotonic() + min(self.timeout, _LONGEST)


@dataclass(frozen=True)
class Response:
    """The response of a store; `url` is the address of the request as messages show it."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    credentials: Credentials = field(default=Credentials(), repr=False)

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
        return self.quoted(text)

    def quoted(self, text: str) -> str:
        """Return a text of the store as one line, not too long, without control characters and credentials."""
        text = visible(re.sub(r"[ \t\r\n]+", " ", masked(text, self.credentials.secrets))).strip()
        return text if len(text) <= _SAID else text[:_SAID] + " …"


def send(request: Request, limits: Limits | None = None, deadline: float | None = None) -> Response:
    """Return the whole response of the store, whatever its status; a busy store (503, 429) is asked again.

    Raises RemoteError if it cannot be reached, does not complete the response in time or sends a part of it only, or
    exceeds the size limit; UsageError for credentials that cannot be sent.
    """
    limits = limits or Limits()
    deadline = deadline or limits.deadline()
    credentials = find_credentials(request.full_url)
    if credentials.header and not request.has_header("Authorization"):
        request.add_unredirected_header("Authorization", credentials.header)
    for attempt in range(limits.retries + 1):
        response = _once(request, limits, deadline, credentials)
        pause = _pause(response, attempt)
        busy = response.status in {_UNAVAILABLE, _TOO_MANY}
        if not busy or attempt == limits.retries or time.monotonic() + pause > deadline:
            return _whole(response)
        time.sleep(pause)
    raise AssertionError


def _pause(response: Response, attempt: int) -> float:
    """Return the seconds to wait before the next attempt: what Retry-After says, in seconds or as a date."""
    asked = response.headers.get("retry-after", "").strip()
    if re.fullmatch("[0-9]{1,9}", asked, re.ASCII):
        return float(asked)
    try:
        return max(parsedate_to_datetime(asked).timestamp() - time.time(), 0)
    except (ValueError, OverflowError):
        return float(0.25 * 2**attempt)


def _whole(response: Response) -> Response:
    """Return the response. Raises RemoteError if the store says that it is a part of the whole."""
    if response.status in _PARTS:
        raise RemoteError(f"{response.url}: the answer is incomplete: the store sent a part of it ({response.status})")
    if limit := response.headers.get("x-sparql-maxrows"):
        raise RemoteError(
            f"{response.url}: the answer is incomplete: the store truncates it after {response.quoted(limit)} rows"
        )
    if response.ok and (state := response.headers.get("x-sql-state")):
        why = response.headers.get("x-sql-message", "")
        said = response.quoted(f"{state} {why}".strip())
        raise RemoteError(f"{response.url}: the answer is incomplete: the store stopped before its end ({said})")
    return response


def _once(request: Request, limits: Limits, deadline: float, credentials: Credentials) -> Response:
    url = shown_address(request.full_url)
    exchange = Exchange()
    left = max(deadline - time.monotonic(), 0.001)

    def work() -> Response:
        with exchange.opener().open(request, timeout=left) as stream:
            headers = {name.lower(): value for name, value in stream.headers.items()}
            declared = _number(headers.get("content-length", "")) if request.get_method() != "HEAD" else 0
            body = bytearray()
            while declared <= limits.size and (chunk := stream.read1(_CHUNK)):
                body += chunk
                if len(body) > limits.size:
                    break
                if time.monotonic() > deadline:
                    raise TimeoutError
            if max(declared, len(body)) > limits.size:
                raise RemoteError(f"{url}: the answer is larger than {limits.size // 2**20} MiB")
            if len(body) < declared:
                raise IncompleteRead(bytes(body), declared - len(body))
            return Response(url, stream.status, headers, bytes(body), credentials)

    try:
        return exchange.within(left, work)
    except (OSError, HTTPException, UnicodeError) as error:
        _give_up(url, error, limits, credentials)


def _number(declared: str) -> int:
    """Return a Content-Length in bytes; 0 for what is none, and no more digits than can matter."""
    return int(declared[:30]) if re.fullmatch("[0-9]+", declared, re.ASCII) else 0


def _give_up(url: str, error: Exception, limits: Limits, credentials: Credentials) -> NoReturn:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        raise RemoteError(f"{url}: no complete answer within {limits.timeout:g} s (see --timeout)") from error
    if isinstance(reason, IncompleteRead):
        raise RemoteError(f"{url}: the answer was cut off") from error
    if isinstance(reason, socket.gaierror):
        raise RemoteError(f"{url}: the host is unknown") from error
    text = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason) or type(reason).__name__
    said = Response(url, 0, {}, b"", credentials).quoted(text)
    raise RemoteError(f"{url}: cannot be reached: {said}") from None  # the error has the text of the store as it came


def refuse(response: Response) -> NoReturn:
    """Raise the error for a request that failed. Raises RemoteError, always."""
    known = {
        401: "it asks who you are: set KG_USER and KG_PASSWORD, or KG_TOKEN, or write them into ~/.netrc",
        403: "it does not allow this",
        404: "there is nothing at this address",
        _UNAVAILABLE: "it is busy",
        _TOO_MANY: "it is busy",
    }
    where = response.quoted(response.headers.get("location", ""))
    if 300 <= response.status < 400:
        what = f"it points to {where}; use that address" if where else "it points elsewhere, but not where"
    else:
        what = known.get(response.status, "")
    said = response.said()
    parts = [f"{response.url}: the store answered {response.status}"]
    parts += [part for part in (what, f"it said: {said}" if said else None) if part]
    raise RemoteError("; ".join(parts))
