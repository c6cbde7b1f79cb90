"""A made-up graph of any size in the ontology's terms, beside the real ontology and code lists."""

from __future__ import annotations

import pyoxigraph as ox

from kg import paths, terms
from kg.stores.embedded import EmbeddedStore

_IS, _ID = terms.IS, terms.ID
_A = f"<{terms.RDF}type>"
_LABEL = f"<{terms.SKOS}prefLabel>"


def large_graph(store: EmbeddedStore, *, programmes: int, institutions: int) -> str:
    """Return N-Quads: the statements of `store` but those of its documents, and so many programmes and institutions."""
    kept = [q for q in store.inner if not _is_of_a_document(q) or "/id/" not in str(q.subject) or _is_code(q)]
    lines = [f"{q.triple} {q.graph_name} .".replace("< ", "<") for q in kept]
    source = f"<{_ID}passage/science-technology-budget-2020/1>"
    lines += [
        f'<{_ID}page/large> <{_IS}pageNumber> "1"^^<{terms.XSD}integer> .',
        f'{source} <{_IS}firstLine> "1"^^<{terms.XSD}integer> .',
        f"{source} <{_IS}isOnPage> <{_ID}page/large> .",
    ]
    for i in range(institutions):
        lines += [
            f"<{_ID}institution/large-{i}> {_A} <{_IS}Institution> .",
            f'<{_ID}institution/large-{i}> {_LABEL} "Institute {i}"@en .',
        ]
    for i in range(institutions):
        lines += _listing(i, i % programmes, source)
    return "\n".join([*lines, *_concluded(lines)]) + "\n"


def _concluded(lines: list[str]) -> list[str]:
    """Return what the rules of the ontology conclude: what each amount serves."""
    store = ox.Store()
    store.load(input="\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS, lenient=True)
    return [
        f"{triple} <{terms.INFERRED_GRAPH}> ."
        for path in paths.rule_files()
        for triple in store.query(path.read_text(encoding="utf-8"), use_default_graph_as_union=True)  # type: ignore[union-attr]
    ]


def _is_of_a_document(quad: ox.Quad) -> bool:
    shared = ("common", "ontology", "inferred", "release")
    return not str(quad.graph_name).rstrip(">").endswith(tuple(f"/graph/{name}" for name in shared))


def _is_code(quad: ox.Quad) -> bool:
    return any(
        f"/id/{kind}/" in str(quad.subject)
        for kind in ("phase", "evidence", "extent", "amount-status", "domain", "share")
    )


def _listing(number: int, programme: int, source: str) -> list[str]:
    item, listing, amount = (
        f"<{_ID}{kind}/large-{n}>"
        for kind, n in (("programme", programme), ("listing", number), ("listed-amount", number))
    )
    appropriation, role, attribution = (
        f"<{_ID}{kind}/large-{number}>" for kind in ("appropriation", "role", "attribution")
    )
    domain = ("quantum-computing", "quantum-sensing", "ai")[number % 3]
    stated = f"<{_ID}evidence/stated>"
    yen = (number * 7919 % 997 + 1) * 100_000_000
    said = [
        (item, _A, f"<{_IS}Programme>"),
        (item, _A, f"<{_IS}FundedItem>"),
        (item, _LABEL, f'"Programme {programme}"@en'),
        (listing, f"<{_IS}isListingOf>", item),
        (listing, f"<{_IS}isListedUnder>", f"<{_ID}panel/large>"),
        (listing, f"<{_IS}hasEvidence>", stated),
        (f"<{_ID}panel/large>", _A, f"<{_IS}Panel>"),
        (listing, f"<{_IS}isSubjectToRole>", role),
        (listing, f"<{_IS}isCoveredBy>", attribution),
        (role, f"<{_IS}isRoleIn>", item),
        (role, f"<{_IS}isHeldBy>", f"<{_ID}institution/large-{number}>"),
        (role, f"<{_IS}hasImplementer>", f"<{_ID}institution/large-{number}>"),
        (role, f"<{_IS}hasEvidence>", stated),
        (attribution, f"<{_IS}reachesDomain>", f"<{_ID}domain/{domain}>"),
        (attribution, f"<{_IS}hasExtent>", f"<{_ID}extent/whole>"),
        (attribution, f"<{_IS}hasEvidence>", stated),
        (amount, f"<{_IS}isAmountIn>", listing),
        (amount, f"<{_IS}printedAmount>", f'"{yen // 100_000_000}億円"'),
        (amount, f"<{_IS}isReadFrom>", source),
        (amount, f"<{_IS}hasAmountStatus>", f"<{_ID}amount-status/exact>"),
        (amount, f"<{_IS}fiscalYear>", f'"2031"^^<{terms.XSD}integer>'),
        (amount, f"<{_IS}hasPhase>", f"<{_ID}phase/initial>"),
        (amount, f"<{_IS}lists>", appropriation),
        (appropriation, _A, f"<{_IS}Appropriation>"),
        (appropriation, f"<{_IS}amount>", f'"{yen}"^^<{terms.XSD}integer>'),
        (appropriation, f"<{_IS}roundingUnit>", f'"100000000"^^<{terms.XSD}integer>'),
    ]
    return [f"{s} {p} {o} ." for s, p, o in said]
