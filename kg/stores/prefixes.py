"""The prefixes that a query may use without declaring them."""

import re

from kg import terms
from kg.errors import did_you_mean
from kg.rdf.tokens import tokens

_PREFIXED = re.compile(r"([A-Za-z][\w.-]*):")
_KIND = re.compile(re.escape(terms.ID).encode() + rb"([a-z0-9-]+)/")


def lacking(query: str) -> dict[str, str]:
    """Return the house prefixes that a query uses and does not declare, with their namespaces.

    Those are the prefixes of the package, and one for each kind of entity, as in `institution:riken`.

    >>> lacking("PREFIX skos: <urn:x> ASK { institution:riken is:hosts ?x ; skos:note 'org:x', foo:y }") == {
    ...     "institution": "https://w3id.org/innovation-strategy/id/institution/",
    ...     "is": "https://w3id.org/innovation-strategy/ontology#",
    ... }
    True
    """
    used = _undeclared(query)
    known = {prefix: terms.PREFIXES[prefix] for prefix in used if prefix in terms.PREFIXES}
    rest = [prefix for prefix in used if prefix not in known]
    return known | {prefix: f"{terms.ID}{prefix}/" for prefix in rest if prefix in (_kinds() if rest else ())}


def name_unknown(query: str) -> str:
    """Return a sentence on the first prefix of a query that nobody has declared; empty if there is none.

    >>> name_unknown("ASK { ?s foav:name ?o }")
    "the prefix 'foav:' is unknown; did you mean 'foaf:'? Otherwise declare it: PREFIX foav: <…>"
    """
    found = lacking(query)
    for prefix in _undeclared(query):
        if prefix not in found:
            hint = did_you_mean(f"{prefix}:", [f"{known}:" for known in (*terms.PREFIXES, *_kinds())], 1)
            ask = f"{hint} Otherwise declare it" if hint else "declare it"
            return f"the prefix '{prefix}:' is unknown; {ask}: PREFIX {prefix}: <…>"
    return ""


def declare(query: str) -> str:
    """Return the query with the house prefixes that it lacks, on its first line, for a store that knows none."""
    found = sorted(lacking(query).items())
    return "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in found) + query


def _undeclared(query: str) -> list[str]:
    used: dict[str, None] = {}
    declared: set[str] = set()
    last = ""
    for match in tokens(query):
        if match["word"] and (prefixed := _PREFIXED.match(match[0])):
            (declared.add if last == "PREFIX" else used.setdefault)(prefixed[1])
        if match["comment"] or not match[0].isspace():
            last = match[0].upper() if match["word"] else ""
    return [prefix for prefix in used if prefix not in declared]


def _kinds() -> set[str]:
    """Return the kinds of entities in the package's own dataset: the first parts of their ids."""
    from kg.assembly import shipped

    return {kind.decode() for kind in set(_KIND.findall(shipped.nquads()))}
