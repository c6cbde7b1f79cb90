"""Membership of literals in XML Schema datatypes, by value: https://www.w3.org/TR/xmlschema11-2/#built-in-datatypes."""

import re
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.terms import RDF, RDFS, XSD

_PARENTS = {
    "normalizedString": "string",
    "token": "normalizedString",
    "language": "token",
    "NMTOKEN": "token",
    "Name": "token",
    "NCName": "Name",
    "dateTimeStamp": "dateTime",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
}
_BITS = {"long": 64, "int": 32, "short": 16, "byte": 8}
_INTEGERS: dict[str, tuple[float, float]] = {
    "integer": (float("-inf"), float("inf")),
    "nonNegativeInteger": (0, float("inf")),
    "positiveInteger": (1, float("inf")),
    "nonPositiveInteger": (float("-inf"), 0),
    "negativeInteger": (float("-inf"), -1),
    **{name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in _BITS.items()},
    **{"unsigned" + name.capitalize(): (0, 2**bits - 1) for name, bits in _BITS.items()},
}


_INTEGER, _DOUBLE = r"[+-]?[0-9]+", r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?|[+-]?INF|NaN"
_WRITTEN = {
    "boolean": "true|false|0|1",
    "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "double": _DOUBLE,
    "float": _DOUBLE,
    **dict.fromkeys(_INTEGERS, _INTEGER),
}


def written(datatype: NamedNode) -> str | None:
    """Return a regular expression for the lexical forms of a datatype, or None if any text is allowed."""
    return _WRITTEN.get(datatype.value.removeprefix(XSD))


def holds(literal: Literal, datatype: NamedNode) -> bool:
    """Return whether the value of a literal belongs to a datatype; literals of unknown datatypes are accepted.

    >>> five = Literal("5", datatype=NamedNode(XSD + "integer"))
    >>> holds(five, NamedNode(XSD + "byte")), holds(five, NamedNode(XSD + "string"))
    (True, False)
    >>> holds(Literal("five", datatype=five.datatype), five.datatype)
    False
    """
    own, wanted = literal.datatype.value, datatype.value
    form = written(literal.datatype)
    if form and not re.fullmatch(form, literal.value):
        return False
    if own == wanted or wanted == RDFS + "Literal" or not own.startswith((XSD, RDF)):
        return True
    if wanted == RDF + "PlainLiteral":
        return own in (XSD + "string", RDF + "langString")
    kind, target = own.removeprefix(XSD), wanted.removeprefix(XSD)
    if (kind in _INTEGERS or kind == "decimal") and target in _INTEGERS:
        least, most = _INTEGERS[target]
        value = Decimal(literal.value)
        return value == value.to_integral_value() and least <= value <= most
    if target == "decimal" and kind in _INTEGERS:
        return True
    while kind in _PARENTS and kind != target:
        kind = _PARENTS[kind]
    return kind == target
