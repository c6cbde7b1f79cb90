"""Text as XML can hold it: a character that XML does not know is written as the replacement character."""

import html
import re
from typing import Any

_NO_CHARACTER = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_REPLACEMENT = "\ufffd"


def legal(text: str) -> str:
    """Return a text with the replacement character for each that XML does not know, such as control characters.

    >>> legal(f"a{chr(1)}b") == f"a{chr(0xFFFD)}b"
    True
    """
    return _NO_CHARACTER.sub(_REPLACEMENT, text)


def escape(text: str) -> str:
    """Return a text for an element or a quoted attribute of XML or HTML.

    >>> escape("<a & b>")
    '&lt;a &amp; b&gt;'
    """
    return html.escape(legal(text))


def legal_data(data: Any) -> Any:
    """Return the data of a JSON document with every text in it as `legal` returns it."""
    if isinstance(data, str):
        return legal(data)
    if isinstance(data, dict):
        return {legal_data(key): legal_data(value) for key, value in data.items()}
    return [legal_data(value) for value in data] if isinstance(data, list | tuple) else data
