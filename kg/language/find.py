"""Search by part of a name, abbreviation, variant spelling, or identifier."""

import pyoxigraph as ox

from kg import terms
from kg.errors import likeness
from kg.paths import read_query, read_texts
from kg.questions.answer import Answer, columns_from, labels_of
from kg.questions.bearers import fold_name
from kg.rdf.nodes import Term
from kg.stores.embedded import Store

_NAMES = read_query("language", "found-names")
_MINOR = ("Passage", "Mention", "ListedAmount", "Portion", "BudgetCell", "BudgetObservation", "EmptyBudgetCell", "Role")


def search(text: str, store: Store, limit: int = 20) -> Answer:
    """Return the entities whose name contains `text`, best match first; if there are none, those with a similar name.

    Exact matches come before prefixes, prefixes before other parts; programmes, institutions and domains come before
    the nodes that merely link them.
    """
    wanted = fold_name(text)
    names = [
        (t, n, c) for t, n, c in store.select(_NAMES).rows if isinstance(t, ox.NamedNode) and isinstance(n, ox.Literal)
    ]
    ranked = [(rank, t, n, c) for t, n, c in names if (rank := _rank(wanted, fold_name(n.value), c)) is not None]
    if not ranked:
        ranked = [(r, t, n, c) for t, n, c in names if (r := _resemblance(wanted, fold_name(n.value), c)) is not None]
    best: dict[str, tuple[tuple[float, ...], ox.NamedNode, ox.Literal, Term | None]] = {}
    for hit in sorted(ranked, key=lambda h: (h[0], h[1].value, str(h[2]))):
        best.setdefault(hit[1].value, hit)
    rows = tuple((t, c, n, ox.Literal(terms.local_name(t.value))) for _, t, n, c in list(best.values())[:limit])
    count = len(best)
    more = count - len(rows)
    sentence = {
        "en": f"{count} found" + (f", the first {len(rows)} shown" if more else ""),
        "ja": f"{count}件" + (f"、うち{len(rows)}件を表示" if more else ""),
    }
    return Answer(
        "find",
        {},
        columns_from(read_texts("language")["columns"]["find"]),
        rows,
        sentence,
        labels=labels_of(store, rows),
    )


def _weight(cls: Term | None) -> int:
    return int(isinstance(cls, ox.NamedNode) and terms.local_name(cls.value) in _MINOR)


def _rank(wanted: str, name: str, cls: Term | None) -> tuple[float, ...] | None:
    if not wanted or wanted not in name:
        return None
    place = 0 if wanted == name else 1 if name.startswith(wanted) else 2
    return (_weight(cls), place, len(name))


def _resemblance(wanted: str, name: str, cls: Term | None) -> tuple[float, ...] | None:
    if abs(len(wanted) - len(name)) > max(3, len(wanted) // 3):
        return None
    ratio = likeness(wanted, name)
    return (_weight(cls), 1 - ratio) if ratio >= 0.75 else None
