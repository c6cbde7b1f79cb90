"""Credentials for a store, checked before anything is sent, and the secrets in them that no message may repeat."""

import netrc
import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import InputError, UsageError
from kg.printable import base64_of

_LONG = 8  # characters of a secret that no data contains by chance
_TOKEN = re.compile("[\x21-\x7e]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Credentials:
    """The Authorization header of a request (None without credentials), and what must not be shown to anybody."""

    header: str | None = field(default=None, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def are_in(self, body: bytes) -> bool:
        """Return whether what was sent to identify the caller came back in an answer."""
        if not self.header:
            return False
        sent = self.header.partition(" ")[2]
        return len(sent) >= _LONG and any(form.encode() in body for form in (sent, sent.replace("/", "\\/")))


def find_credentials(url: str) -> Credentials:
    """Return the credentials for an address, from KG_TOKEN, or KG_USER and KG_PASSWORD, or netrc.

    Raises UsageError for a token, name or password that no header can hold, without showing it; InputError if the netrc
    file cannot be read.
    """
    if token := os.environ.get("KG_TOKEN"):
        return Credentials(f"Bearer {_checked_token(token)}", (token,))
    user, password = os.environ.get("KG_USER"), os.environ.get("KG_PASSWORD")
    if user:
        return _basic(user, password or "", "KG_USER", "KG_PASSWORD")
    if password:
        raise UsageError("KG_PASSWORD is set and KG_USER is not: set both, or neither")
    name = os.environ.get("NETRC") or "~/.netrc"
    entry = _from_netrc(url, name)
    return _basic(entry[0], entry[2] or "", f"login in {name}", f"password in {name}") if entry else Credentials()


def _checked_token(token: str) -> str:
    if not _TOKEN.fullmatch(token):
        place = next(i for i, char in enumerate(token, 1) if not _TOKEN.fullmatch(char))
        what = _kind(token[place - 1])
        raise UsageError(f"KG_TOKEN: character {place} of {len(token)} is {what}; a token is ASCII without blanks")
    return token


def _kind(char: str) -> str:
    if char in "\r\n":
        return "a line end"
    return "a blank" if char.isspace() else "a control character" if ord(char) < 0x80 else "not ASCII"


def _basic(user: str, password: str, user_name: str, password_name: str) -> Credentials:
    for name, text in ((user_name, user), (password_name, password)):
        if _CONTROL.search(text):
            raise UsageError(f"{name}: contains a line end or another control character")
    if ":" in user:
        raise UsageError(f"{user_name}: contains a colon, which a user name cannot (RFC 7617)")
    sent = base64_of(f"{user}:{password}")
    return Credentials(f"Basic {sent}", tuple(filter(None, (password, sent))))


def _from_netrc(url: str, name: str) -> tuple[str, str | None, str | None] | None:
    try:
        return netrc.netrc(os.environ.get("NETRC") or None).authenticators(urlsplit(url).hostname or "")
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise InputError(f"{name}: cannot be read: it is not UTF-8") from None
        if isinstance(error, netrc.NetrcParseError):  # what it quotes may be half of a password
            reason = re.sub(r" (?:'.*'|\".*\")", "", error.msg, flags=re.DOTALL)
            raise InputError(f"{name}: cannot be read: {reason}") from None
        raise InputError(f"{name}: cannot be read: {error.strerror}") from error
