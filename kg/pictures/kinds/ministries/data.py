"""The data of the budget by ministry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg import terms
from kg.funding import scope
from kg.funding.scope import Ask, Names, Scope
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
    """The rows, largest first; the years compared; the printed total; the scale in pixels per yen."""

    rows: tuple[Budget, ...]
    years: tuple[str, str]
    total: int | None
    scale: float
    widest: int
    names: Names
    pages: tuple[str, ...]


def read(ask: Ask, choice: Scope) -> Ministries:
    """Return the budgets from `rank-ministries`, `ministry-budget`, `budget-changes` and `budget-totals`.

    Raises UsageError if the ministry is unknown.
    """
    totals = ask("budget-totals", {})
    years = sorted({value(row, "fiscalYear") for row in totals}, reverse=True)[:2]
    ranked = ask("rank-ministries", {"fiscalYear": years[0]})
    changes = {value(row, "ministry"): row for row in ask("budget-changes", {})}
    asked = [
        ask("ministry-budget", {"ministry": value(row, "ministry"), "fiscalYear": y}) for row in ranked for y in years
    ]
    names = scope.read_names(ask, ranked, totals, *asked, ask("documents", {}))
    rows = tuple(_budget(ask, row, years, changes) for row in ranked)
    largest = max((max(row.total, row.before or 0) for row in rows), default=1)
    widest = max((abs(row.change or 0) for row in rows), default=1) or 1
    if choice.ministry:
        term = ask("ministry-budget", {"ministry": choice.ministry, "fiscalYear": years[0]}).arguments["ministry"]
        rows = tuple(row for row in rows if row.ministry == getattr(term, "value", None))
    printed = next(
        (
            _yen(r, "amount")
            for r in totals
            if (value(r, "fiscalYear"), value(r, "account"), value(r, "frame")) == (years[0], ALL, WHOLE)
        ),
        None,
    )
    sources = tuple(sorted({value(row, "source").rsplit("/", 1)[0] for row in ranked}))
    return Ministries(rows, (years[0], years[1]), printed, LONG / largest, widest, names, sources)


def _budget(
    ask: Ask, ranked: Mapping[str, Term | None], years: Sequence[str], changes: Mapping[str, Mapping[str, Term | None]]
) -> Budget:
    ministry = value(ranked, "ministry")
    now, then = (_cells(ask, ministry, year) for year in years)
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


def _cells(ask: Ask, ministry: str, year: str) -> Cells:
    answer = ask("ministry-budget", {"ministry": ministry, "fiscalYear": year})
    return {(value(r, "account"), value(r, "category"), value(r, "frame")): r for r in answer}


def _yen(row: Mapping[str, Term | None], name: str) -> int | None:
    return int(text) if (text := value(row, name)) else None


def source_of(data: Ministries, lang: str) -> str:
    """Return the document and the lines that the rows are read from."""
    documents = {page.rsplit("/", 1)[-1] for page in data.pages}
    said = "; ".join(data.names.full(f"{terms.ID}document/{document}", lang) for document in sorted(documents))
    passages = {cell[-1] for row in data.rows for cell in row.cells[:1]}
    lines = sorted(int(passage.rsplit("/", 1)[-1].split("-")[0]) for passage in passages)
    first = data.names.full(min(passages, key=lambda iri: (len(iri), iri)), lang) if passages else ""
    if lang == "ja":
        return f"出典：{said}（{first.removesuffix('行')}～{lines[-1]}行）" if lines else f"出典：{said}"
    return f"Source: {said}, {first.lower().replace('line', 'lines')}–{lines[-1]}" if lines else f"Source: {said}"
