"""Read a table cell as an editor or a spreadsheet writes it, and return its value in canonical form."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, localcontext

import pyoxigraph as ox

from kg import terms

_SCALES = {"円": 1, "万円": 10**4, "百万円": 10**6, "億円": 10**8, "兆円": 10**12}
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"  # a comma stands before three digits, never for a decimal point
_AMOUNT = re.compile(rf"([+-]?{_DIGITS}(?:\.[0-9]+)?)(円|万円|百万円|億円|兆円)?")
_DECIMAL = re.compile(rf"([+-]?(?:{_DIGITS}(?:\.[0-9]*)?|\.[0-9]+))(?:[eE]([+-]?[0-9]{{1,3}}))?")
LARGEST = 2**53 - 1  # the largest whole number up to which JSON and spreadsheets keep every one
_PLACES = 18  # before and after the point, as many as the store keeps
_LONGEST = 100  # characters of a number


class CellError(ValueError):
    """The value of a cell does not fit its column; the arguments are the problem and the remedy."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep the problem and the remedy."""
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def normalise(text: str) -> str:
    """Return the text in NFKC with runs of white space folded.

    >>> normalise("量子ｾｷｭ　拠点")
    '量子セキュ 拠点'
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())


def parse_yen(text: str) -> int:
    """Return yen from a cell such as `3200000000`, `32億円` or `94.2億円`.

    Raises CellError if it is not a whole number of yen.

    >>> parse_yen("94.2億円")
    9420000000
    """
    plain = normalise(text).replace(" ", "").replace("−", "-").replace("▲", "-").replace("△", "-")
    match = _AMOUNT.fullmatch(plain)
    if not match or len(plain) > _LONGEST:
        raise CellError("is not an amount of money", "write yen (3200000000) or a printed unit (32億円)")
    with localcontext(prec=2 * _LONGEST):  # exact, for the usual context rounds to 28 digits
        yen = Decimal(match[1].replace(",", "")) * _SCALES[match[2] or "円"]
    if abs(yen) > LARGEST:
        raise CellError(f"is more than {LARGEST:,} yen, the most that is kept exactly", "check the unit and the zeros")
    if yen != yen.to_integral_value():
        raise CellError("is not a whole number of yen", "check the decimal point and the unit")
    return int(yen)


def parse_integer(text: str) -> int:
    """Return a whole number. Raises CellError otherwise."""
    plain = normalise(text)
    if not re.fullmatch(r"[+-]?[0-9]+", plain):
        raise CellError("is not a whole number", "write digits only, such as 2020")
    if len(plain) > _LONGEST or abs(int(plain)) > LARGEST:
        raise CellError(f"is larger than {LARGEST:,}, up to which whole numbers are kept exactly", "check the zeros")
    return int(plain)


def parse_decimal(text: str) -> str:
    """Return a decimal number in canonical form: no exponent, no trailing zeros.

    Raises CellError otherwise.

    >>> parse_decimal("3.30")
    '3.3'
    """
    match = _DECIMAL.fullmatch(normalise(text))
    if not match:
        raise CellError("is not a number", "write a decimal number such as 3.3")
    plain = format(Decimal(f"{match[1].replace(',', '')}e{match[2] or 0}"), "f")
    whole, _, fraction = plain.lstrip("+-").partition(".")
    if len(whole.lstrip("0")) > _PLACES or len(fraction.rstrip("0")) > _PLACES:
        problem = f"has more than {_PLACES} digits before or after the point, which are not kept"
        raise CellError(problem, "write fewer digits")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in {"-0", ""} else plain


def parse_boolean(text: str) -> str:
    """Return `true` or `false`. Raises CellError otherwise."""
    plain = normalise(text).casefold()
    if plain not in {"true", "false"}:
        raise CellError("is not true or false", "write true or false")
    return plain


def parse_date(text: str) -> str:
    """Return an ISO date. Raises CellError otherwise."""
    try:
        return date.fromisoformat(normalise(text)).isoformat()
    except ValueError as error:
        raise CellError("is not a date", "write year-month-day such as 2019-06-11") from error


def parse_uri(text: str) -> str:
    """Return a web address. Raises CellError otherwise."""
    plain = text.strip()
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", plain):
        raise CellError("is not a web address", "write it in full, beginning with https://")
    return plain


def parse_iri(text: str) -> ox.NamedNode:
    """Return the node of a web address, which a browser may show with Japanese characters. Raises CellError otherwise.

    >>> parse_iri("https://www.nict.go.jp/")
    <NamedNode value=https://www.nict.go.jp/>
    """
    try:
        return ox.NamedNode(text)
    except ValueError as error:
        raise CellError("is not a web address", "check it for blanks, brackets, quotes and bars") from error


def parse_literal(text: str, datatype: str, *, in_yen: bool) -> str:
    """Return the canonical lexical form of a cell for an XSD datatype; amounts in yen may carry a printed unit.

    Raises CellError if the cell does not fit.
    """
    if datatype == terms.XSD + "integer":
        return str(parse_yen(text) if in_yen else parse_integer(text))
    parsers = {"decimal": parse_decimal, "boolean": parse_boolean, "date": parse_date, "anyURI": parse_uri}
    parser = parsers.get(terms.local_name(datatype))
    return parser(text) if parser else text.strip()


def parse_line_ranges(text: str) -> list[tuple[int, int]]:
    """Return the (first, last) line pairs of a `lines` cell such as `280-281|300`.

    Raises CellError if a part is not a range.
    """
    ranges = []
    for part in normalise(text).split("|"):
        match = re.fullmatch(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?", part.strip())
        if not match:
            raise CellError("is not a range of lines", "write 278 or 280-281, several joined by |")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise CellError("runs backwards", f"write {last}-{first}")
        ranges.append((first, last))
    return ranges
