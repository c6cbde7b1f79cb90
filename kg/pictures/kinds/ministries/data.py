"""The data of the budget by ministry."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg import terms
from kg.errors import UsageError
from kg.funding import scope
from kg.funding.scope import Ask, Names, Scope
from kg.pictures.sources import document_of, in_documents
from kg.rdf.nodes import Term, value

LONG = 500.0  # pixels: the length of the longest bar
WHOLE, PRIORITY = terms.ID + "frame/whole", terms.ID + "frame/priority"
ALL, GENERAL, SPECIAL = (f"{terms.ID}account/{name}" for name in ("all-accounts", "general", "special"))
RELATED, PROMOTION = terms.ID + "cost-category/st-related", terms.ID + "cost-category/st-promotion"
Cells = Mapping[tuple[str, str, str], dict[str, Term | None]]


@dataclass(frozen=True)
class Budget:
    """The row of a ministry, in yen; None if the table has a dash or no cell. `share` and `rate` are percentages."""

    ministry: str
    total: int
    share: str
    before: int | None
    general: int | None
    promotion: int | None
    special: int | None
    priority: int | None
    change: int | None
    rate: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Ministries:
    """The rows, largest first; the years compared; the printed total; the scale in pixels per yen; the document."""

    rows: tuple[Budget, ...]
    years: tuple[str, str]
    total: int | None
    scale: float
    widest: int
    names: Names
    document: str


def views(ask: Ask, choice: Scope) -> list[Scope]:
    """Return one scope per year that a document is about, the newest first; a chosen year stays."""
    if choice.fiscal_year is not None:
        return [choice]
    own = sorted({max(years) for years in _years(ask).values()}, reverse=True)
    return [replace(choice, fiscal_year=year) for year in own] or [choice]


def _years(ask: Ask) -> dict[str, set[str]]:
    """Return the fiscal years in the table by ministry of each document."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in ask("rank-ministries", {"fiscalYear": scope.ANY}):
        found[document_of(row)].add(value(row, "fiscalYear"))
    return found


def _table(ask: Ask, wanted: str | None) -> tuple[str, str]:
    """Return the document and the year of the table to draw: the newest, or the one that is about a wanted year."""
    printed = _years(ask)
    fitting = {d: years for d, years in printed.items() if wanted is None or wanted in years}
    if not fitting:
        known = " and ".join(f"FY{year}" for year in sorted({y for years in printed.values() for y in years}))
        raise UsageError(f"--fiscal-year: no table by ministry has FY{wanted}; there is one for {known or 'no year'}")
    document = min(fitting, key=lambda d: (wanted != max(fitting[d]), -int(max(fitting[d])), d))
    return document, wanted or max(fitting[document])


def read(ask: Ask, choice: Scope) -> Ministries:
    """Return the budgets from `rank-ministries`, `ministry-budget`, `budget-changes` and `budget-totals`.

    They are those of one document. Raises UsageError if the ministry is unknown, or no table has the year.
    """
    document, year = _table(ask, choice.fiscal_year)
    years = (year, str(int(year) - 1))
    totals = ask("budget-totals", {"fiscalYear": year})
    every = ask("rank-ministries", {"fiscalYear": year})
    ranked = [row for row in every if document_of(row) == document]
    changed = ask("budget-changes", {"fiscalYear": year})
    changes = {value(row, "ministry"): row for row in changed if document_of(row) == document}
    asked = [
        ask("ministry-budget", {"ministry": value(row, "ministry"), "fiscalYear": y}) for row in ranked for y in years
    ]
    names = scope.read_names(ask, every, totals, *asked, ask("documents", {}))
    rows = tuple(_budget(ask, row, years, changes, document) for row in ranked)
    largest = max((max(row.total, row.before or 0) for row in rows), default=1)
    widest = max((abs(row.change or 0) for row in rows), default=1) or 1
    if choice.ministry:
        term = ask("ministry-budget", {"ministry": choice.ministry, "fiscalYear": years[0]}).arguments["ministry"]
        rows = tuple(row for row in rows if row.ministry == getattr(term, "value", None))
    printed = next(
        (
            _yen(r, "amount")
            for r in totals
            if document_of(r) == document and (value(r, "account"), value(r, "frame")) == (ALL, WHOLE)
        ),
        None,
    )
    return Ministries(rows, years, printed, LONG / largest, widest, names, document)


def _budget(
    ask: Ask,
    ranked: Mapping[str, Term | None],
    years: Sequence[str],
    changes: Mapping[str, Mapping[str, Term | None]],
    document: str,
) -> Budget:
    ministry = value(ranked, "ministry")
    now, then = (_cells(ask, ministry, year, document) for year in years)
    change = changes.get(ministry, {})
    return Budget(
        ministry=ministry,
        total=_yen(ranked, "amount") or 0,
        share=value(ranked, "share"),
        before=_yen(then.get((ALL, RELATED, WHOLE), {}), "amount"),
        general=_yen(now.get((GENERAL, RELATED, WHOLE), {}), "amount"),
        promotion=_yen(now.get((GENERAL, PROMOTION, WHOLE), {}), "amount"),
        special=_yen(now.get((SPECIAL, RELATED, WHOLE), {}), "amount"),
        priority=_yen(now.get((ALL, RELATED, PRIORITY), {}), "amount"),
        change=_yen(change, "change"),
        rate=value(change, "rate"),
        cells=tuple(
            (account, category, frame, value(cell, "printed"), year, value(cell, "source"))
            for year, cells in zip(years, (now, then), strict=True)
            for (account, category, frame), cell in cells.items()
        ),
    )


def _cells(ask: Ask, ministry: str, year: str, document: str) -> Cells:
    answer = [
        r for r in ask("ministry-budget", {"ministry": ministry, "fiscalYear": year}) if document_of(r) == document
    ]
    return {(value(r, "account"), value(r, "category"), value(r, "frame")): r for r in answer}


def _yen(row: Mapping[str, Term | None], name: str) -> int | None:
    return int(text) if (text := value(row, name)) else None


def name(data: Ministries, lang: str) -> str:
    """Return the name of the view, which is that of its year."""
    return f"FY{data.years[0]}" if lang == "en" else f"{data.years[0]}年度"


def title_end(data: Ministries, lang: str) -> str:
    """Return what the title says of the document: nothing if the dataset has only one."""
    return in_documents([data.document], data.names, lang)


def source_of(data: Ministries, lang: str) -> str:
    """Return the document and the lines that the rows are read from."""
    said = data.names.full(f"{terms.ID}document/{data.document}", lang)
    passages = {cell[-1] for row in data.rows for cell in row.cells[:1]}
    lines = sorted(int(passage.rsplit("/", 1)[-1].split("-")[0]) for passage in passages)
    first = data.names.full(min(passages, key=lambda iri: (len(iri), iri)), lang) if passages else ""
    title = data.names.titles.get((f"{terms.ID}document/{data.document}", lang), "")
    first = first.removeprefix(title).removeprefix(", ")
    if lang == "ja":
        return f"出典：{said}（{first.removesuffix('行')}～{lines[-1]}行）" if lines else f"出典：{said}"
    return f"Source: {said}, {first.lower().replace('line', 'lines')}–{lines[-1]}" if lines else f"Source: {said}"
