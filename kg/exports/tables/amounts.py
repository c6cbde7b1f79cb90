"""Tables of money for analysts: printed amounts, what they serve, the budgets of the ministries, printed totals.

All bounds come from the stored questions and kg.money.interval, asked of the whole of the chosen graphs: the meaning of
an amount does not depend on how much of its surroundings is exported.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg import terms
from kg.exports.select import Selection
from kg.exports.tables.classes import ThingNames, described
from kg.exports.tables.money_columns import read_columns
from kg.exports.tables.tabular import Sheet, make_table, short_id
from kg.funding.scope import Ask, Money, Scope, asker, institutions, read_evidence, read_money
from kg.money.interval import OPEN_STATUSES, Contribution
from kg.money.working import Row
from kg.paths import read_texts
from kg.rdf.nodes import value
from kg.stores.embedded import EmbeddedStore

Cells = dict[str, str | Sequence[str] | None]
_TYPE = terms.RDF + "type"
_KINDS = tuple(f"{sure}{kind}" for kind in ("ministry", "institution", "domain", "part") for sure in ("", "possible_"))


@dataclass(frozen=True)
class _Facts:
    """Values by subject and by property of this ontology."""

    values: Mapping[tuple[str, str], Sequence[str]]
    names: ThingNames

    def all(self, of: str, name: str) -> Sequence[str]:
        return self.values.get((of, terms.IS + name), ())

    def one(self, of: str, name: str) -> str:
        return next(iter(self.all(of, name)), "")

    def named(self, column: str, iris: Iterable[str]) -> Cells:
        """Return the ids of entities for one column and their names for the two columns beside it."""
        things = list(iris)
        return {
            column: [short_id(i) for i in things],
            **{f"{column}_{lang}": self._names(things, lang) for lang in ("en", "ja")},
        }

    def _names(self, things: Sequence[str], language: str) -> Sequence[str]:
        """Return the names of entities; if only some have names, the ids of the others, to keep the order aligned."""
        names = [self.names.of(i, language) for i in things]
        return [name or short_id(i) for i, name in zip(things, names, strict=True)] if any(names) else ()

    def place(self, passages: Iterable[str]) -> Cells:
        """Return the pages, lines and IRIs of passages."""
        found = list(passages)
        numbers = {
            name: sorted({n for p in found for n in self.all(p, f"{name}Line")}, key=int) for name in ("first", "last")
        }
        pages = sorted({n for p in found for page in self.all(p, "isOnPage") for n in self.all(page, "pageNumber")})
        return {
            "page": pages,
            "first_line": numbers["first"][:1],
            "last_line": numbers["last"][-1:],
            "source": [short_id(p) for p in found],
        }


def money_tables(selection: Selection, names: ThingNames) -> list[Sheet]:
    """Return the tables of money, except empty ones: printed amounts, links, budget cells, printed totals."""
    inner = ox.Store()
    inner.extend(selection.known)
    ask = asker(EmbeddedStore(inner))
    facts = _Facts(_values(selection.known), names)
    things = described(selection)

    def of(*classes: str) -> list[str]:
        wanted = {terms.IS + c for c in classes}
        return sorted(i for i, v in things.items() if wanted & {t.value for t in v[_TYPE]})

    amounts, links = _amounts(ask, set(of("ListedAmount")), facts, linked=bool(of("FundingLink")))
    tables = {
        "money-amounts": (amounts, ("id",)),
        "money-links": (links, ("amount", "kind", "thing")),
        "ministry-budget": (_budget(of("BudgetObservation", "EmptyBudgetCell"), facts), ("id",)),
        "printed-totals": (_totals(ask, of("PrintedTotal"), facts), ("id",)),
    }
    texts = read_texts("exports")
    about = {name: None if name == "money-links" else terms.ID + "{+id}" for name in tables}
    return [
        make_table(
            name,
            texts["titles"][name],
            read_columns(name),
            rows,
            key=key,
            about=about[name],
            note=texts["notes"].get(name),
        )
        for name, (rows, key) in tables.items()
        if rows
    ]


def _values(quads: Iterable[ox.Quad]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[quad.subject.value, quad.predicate.value].add(quad.object.value)
    return {key: sorted(values) for key, values in found.items()}


def _amounts(ask: Ask, wanted: set[str], facts: _Facts, *, linked: bool) -> tuple[list[Cells], list[Cells]]:
    """Return the amounts and their links; without links, an amount serves nothing that could be named."""
    if not wanted:
        return [], []
    money, evidence = read_money(ask, Scope(fiscal_year="any")), read_evidence(ask, None)
    if not linked:
        money = replace(money, links={})
    rows = [row for row in money.working.rows if value(row, "listedAmount") in wanted]
    counted, in_japanese = money.again(rows, "en"), money.again(rows, "ja")
    found = []
    for row, contribution, en, ja in zip(
        counted.rows, counted.contributions, counted.reasons, in_japanese.reasons, strict=True
    ):
        found.append({**_amount(row, money, facts, evidence), **_counts(contribution, en, ja)})
    return found, [link for row in rows for link in _links(row, money, facts, evidence)]


def _amount(row: Row, money: Money, facts: _Facts, evidence: Mapping[tuple[str, str, str], str]) -> Cells:
    listed, listing = value(row, "listedAmount"), value(row, "listing")
    alone = money.again([row]).total
    served = money.links.get(listed, {})
    flags = facts.all(listing, "hasFlag")
    printed = {terms.local_name(flag) for flag in flags}
    phase, status = value(row, "phase"), value(row, "status")
    all_of = {
        "ministry": served.get("ministry", {}),
        "institution": institutions(money, listed),
        "domain": served.get("domain", {}),
        "part": served.get("part", {}),
    }
    things: dict[str, list[str]] = {}
    for kind, targets in all_of.items():
        stated = {thing for thing in targets if evidence[listed, kind, thing] == "stated"}
        for name, these in ((kind, stated), (f"possible_{kind}", targets.keys() - stated)):
            # a broader domain goes without saying beside a narrower one that is as firm
            things[name] = sorted(t for t in these if not money.narrower.get(t, frozenset()) & these)
    cells: Cells = {
        "id": short_id(listed),
        "printed": value(row, "printed"),
        **facts.named("programme", [value(row, "programme")]),
        **{k: v for kind in _KINDS for k, v in facts.named(_column(kind), things.get(kind, [])).items()},
        "fiscal_year": value(row, "fiscalYear"),
        "phase": short_id(phase),
        "status": status,
        "lower": str(alone.lower),
        "upper": "" if alone.upper is None else str(alone.upper),
        "rounding_unit": value(row, "roundingUnit"),
        "ceiling": _said(status == "ceiling"),
        "repeated": _said("repeated" in printed or bool(facts.all(listing, "repeatsListing"))),
        "part": _said("part" in printed),
        "supplementary": _said(terms.local_name(phase) == "supplementary" if phase else "supplementary" in printed),
        "undetermined": _said(status in OPEN_STATUSES),
        "flags": [terms.local_name(flag) for flag in flags],
        **facts.named("panel", [value(row, "panel")]),
        **facts.place([value(row, "source")]),
        "evidence": [short_id(e) for e in facts.all(listed, "hasEvidence")],
        "line": short_id(listing),
        "appropriation": short_id(value(row, "appropriation")),
    }
    return cells


def _column(kind: str) -> str:
    return kind.replace("part", "strategy_part")


def _said(flag: bool) -> str:
    return "true" if flag else "false"


def _counts(contribution: Contribution, en: str, ja: str) -> Cells:
    return {
        "counts": contribution.counts,
        "counted_lower": str(contribution.lower),
        "counted_upper": "" if contribution.upper is None else str(contribution.upper),
        "counted_with": short_id(contribution.because or ""),
        "why_en": en,
        "why_ja": ja,
    }


def _links(row: Row, money: Money, facts: _Facts, evidence: Mapping[tuple[str, str, str], str]) -> Iterable[Cells]:
    listed = value(row, "listedAmount")
    kinds = money.links.get(listed, {})
    for kind, things in sorted({**kinds, "institution": institutions(money, listed)}.items()):
        for thing, whole in sorted(things.items()):
            bounds = money.again([money.serving(row, whole)]).total
            yield {
                "amount": short_id(listed),
                "kind": _column(kind),
                **facts.named("thing", [thing]),
                "share": "whole" if whole else "part",
                "evidence": evidence[listed, kind, thing],
                "fiscal_year": value(row, "fiscalYear"),
                "phase": short_id(value(row, "phase")),
                "lower": str(bounds.lower),
                "upper": "" if bounds.upper is None else str(bounds.upper),
            }


def _budget(cells: Iterable[str], facts: _Facts) -> list[Cells]:
    names = {"account": "hasAccount", "category": "hasCostCategory", "frame": "hasFrame", "phase": "hasPhase"}
    rows: list[Cells] = []
    for cell in cells:
        jurisdiction = facts.all(cell, "hasJurisdiction")
        rows.append(
            {
                "id": short_id(cell),
                **facts.named("jurisdiction", jurisdiction),
                "ministry": [short_id(m) for j in jurisdiction for m in facts.all(j, "isJurisdictionOf")],
                "fiscal_year": facts.one(cell, "fiscalYear"),
                **{k: v for column, of in names.items() for k, v in facts.named(column, facts.all(cell, of)).items()},
                "printed": facts.one(cell, "printedValue"),
                "amount": facts.one(cell, "amount"),
                "nothing_appropriated": _said(terms.IS + "EmptyBudgetCell" in facts.values.get((cell, _TYPE), ())),
                "rounding_unit": facts.one(cell, "roundingUnit"),
                **facts.named("table", facts.all(cell, "isCellOf") or facts.all(cell, "isObservationOf")),
                **facts.place(facts.all(cell, "isReadFrom")),
            }
        )
    return rows


def _totals(ask: Ask, totals: Iterable[str], facts: _Facts) -> list[Cells]:
    wanted = list(totals)
    explained = {value(row, "total"): row for row in ask("printed-totals", {})} if wanted else {}
    rows: list[Cells] = []
    for total in wanted:
        row = explained.get(total, {})
        rows.append(
            {
                "id": short_id(total),
                **facts.named("scope", facts.all(total, "isTotalOf")),
                "fiscal_year": facts.one(total, "fiscalYear"),
                "phase": short_id(facts.one(total, "hasPhase")),
                "printed": facts.one(total, "printedAmount"),
                "amount": facts.one(total, "amount"),
                "rounding_unit": facts.one(total, "roundingUnit"),
                "approximate": facts.one(total, "isApproximate"),
                "lines_lower": value(row, "lower"),
                "lines_upper": value(row, "upper"),
                "lines_undetermined": value(row, "open"),
                "possible": value(row, "possible"),
                **facts.place(facts.all(total, "isReadFrom")),
            }
        )
    return rows
