"""What came out: rates by table and by kind of error, the gate that noticed, the goals, what escaped, shapes killed."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutation import operators as op
from tests.mutation.gates import NONE, READER, SAME, SECOND, SHAPES, SOURCE, STOCK, Verdict, run

MASK = Path(__file__).parent.parent / "keying" / "masked_source.txt"
RECORD = Path(__file__).parent / "killed.tsv"
MINISTRY = {"BudgetCell", "ChangeObservation"}
LINES_OF_MONEY = {"Appropriation", "ListedAmount", "PrintedTotal"}


@dataclass(frozen=True)
class Goal:
    """What is to be reached: for which errors, by which gates, how often."""

    name: str
    concerns: Callable[[Verdict], bool]
    least: float
    source: bool = True

    def reached(self, verdicts: Iterable[Verdict]) -> tuple[int, int]:
        """Return how many of its errors were noticed, and how many there are."""
        own = [v for v in verdicts if not v.same and self.concerns(v)]
        return sum(v.caught if self.source else v.without_source for v in own), len(own)


def table(verdict: Verdict) -> str:
    """Return the name of the table."""
    return Path(verdict.mutant.file).stem


def _of(*errors: str, holds: frozenset[str] | None = None, tables: set[str] | None = None) -> Callable[[Verdict], bool]:
    return lambda v: (
        v.mutant.error in errors
        and (holds is None or v.mutant.holds in holds)
        and (tables is None or table(v) in tables)
    )


GOALS = (
    Goal("type errors", _of(op.WRONG_TYPE), 1.0, source=False),
    Goal("a code or a reference that is not there", _of(op.NOTHING), 1.0, source=False),
    Goal("another code of the list", _of(op.WRONG_CODE), 1.0),
    Goal("languages swapped", _of(op.LANGUAGE), 1.0, source=False),
    Goal("rows doubled", _of(op.DOUBLED), 1.0, source=False),
    Goal("rows keyed twice", _of(op.TWICE), 1.0, source=False),
    Goal("rows left out", _of(op.LOST), 1.0),
    Goal("ministry table, one digit of a figure", _of(op.DIGIT, holds=op.FIGURES, tables=MINISTRY), 0.95, source=False),
    Goal("ministry table, misread", _of(op.MISREAD, tables=MINISTRY), 0.95, source=False),
    Goal("money of pages 4 and 7, one digit", _of(op.DIGIT, holds=op.FIGURES, tables=LINES_OF_MONEY), 1.0),
    Goal("money of pages 4 and 7, misread", _of(op.MISREAD, tables=LINES_OF_MONEY), 1.0),
    Goal("one digit of any figure, with the source", _of(op.DIGIT, holds=op.FIGURES), 0.99),
    Goal("any figure misread, with the source", _of(op.MISREAD), 0.99),
)


def killed(verdicts: Iterable[Verdict]) -> Counter[str]:
    """Return how many errors violate each shape."""
    return Counter(shape for v in verdicts for shape in v.shapes)


def _rate(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.1f} %" if whole else "      – "


def _table(title: str, groups: dict[str, list[Verdict]]) -> list[str]:
    out = [
        f"{title:<34}{'errors':>8}{READER:>14}{SHAPES:>8}{SECOND:>15}{SOURCE:>13}{STOCK:>12}{'escaped':>9}{'without':>10}{'with':>9}"
    ]
    for name, members in groups.items():
        count = Counter(v.gate for v in members)
        errors = len(members) - count[SAME]
        without = errors - count[SOURCE] - count[NONE]
        out.append(
            f"{name:<34}{errors:>8,}{count[READER]:>14,}{count[SHAPES]:>8,}{count[SECOND]:>15,}{count[SOURCE]:>13,}{count[STOCK]:>12,}{count[NONE]:>9,}"
            f"{_rate(without, errors):>10}{_rate(errors - count[NONE], errors):>9}"
        )
    return [*out, ""]


def _grouped(verdicts: Sequence[Verdict], key: Callable[[Verdict], str]) -> dict[str, list[Verdict]]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for v in verdicts:
        groups[key(v)].append(v)
    return dict(sorted(groups.items())) | {"all": list(verdicts)}


def as_text(verdicts: Sequence[Verdict], shapes: Iterable[str], *, escapes: int) -> str:
    """Return the report for people; of what escaped, up to `escapes` of each kind in each column."""
    out = _table("kind of error", _grouped(verdicts, lambda v: v.mutant.error))
    out += _table("table", _grouped(verdicts, table))
    out += _table("what the column holds", _grouped(verdicts, lambda v: v.mutant.holds))
    figures = [v for v in verdicts if v.mutant.error == op.DIGIT and v.mutant.holds in op.FIGURES]
    out += _table("one digit of a figure, by table", _grouped(figures, table))
    out += ["goals"]
    for goal in GOALS:
        part, whole = goal.reached(verdicts)
        met = "reached" if part >= goal.least * whole else "MISSED "
        by = "" if goal.source else " (without the source)"
        out.append(f"  {met} {_rate(part, whole)} of {whole:,}, at least {100 * goal.least:g} %: {goal.name}{by}")
    dead = sorted(set(shapes) - set(killed(verdicts)))
    out += ["", f"{len(killed(verdicts))} shapes are violated by one of these errors, {len(dead)} by none:"]
    out += [f"  {name}" for name in dead]
    out += ["", "escaped, by table, column and kind of error"]
    for (file, column, error), members in sorted(_escaped(verdicts).items()):
        whole = sum(
            not v.same and (v.mutant.file, v.mutant.column, v.mutant.error) == (file, column, error) for v in verdicts
        )
        out.append(f"  {Path(file).stem} {column}, {error}: {len(members)} of {whole}")
        out += [f"      {v.mutant.name}" for v in members[:escapes]]
    return "\n".join(out) + "\n"


def _escaped(verdicts: Iterable[Verdict]) -> dict[tuple[str, str, str], list[Verdict]]:
    found: dict[tuple[str, str, str], list[Verdict]] = defaultdict(list)
    for v in verdicts:
        if v.gate == NONE:
            found[v.mutant.file, v.mutant.column, v.mutant.error].append(v)
    return found


def as_json(verdicts: Sequence[Verdict], shapes: Iterable[str]) -> str:
    """Return every verdict, the goals and the shapes as JSON."""
    goals = [
        {"goal": g.name, "caught": g.reached(verdicts)[0], "errors": g.reached(verdicts)[1], "least": g.least}
        for g in GOALS
    ]
    each = [
        {
            "file": v.mutant.file, "line": v.mutant.line, "column": v.mutant.column, "holds": v.mutant.holds,
            "error": v.mutant.error, "before": v.mutant.before, "after": v.mutant.after, "gate": v.gate,
            "shapes": sorted(v.shapes), "second": v.second, "source": v.source, "stock": v.stock,
        }
        for v in verdicts
    ]  # fmt: skip
    by_shape = {name: killed(verdicts)[name] for name in sorted(shapes)}
    return json.dumps({"goals": goals, "shapes": by_shape, "errors": each}, ensure_ascii=False, indent=1) + "\n"


def as_record(verdicts: Sequence[Verdict]) -> str:
    """Return for each shape that an error violates how many do, and the first of them, as TSV."""
    count, first = killed(verdicts), {s: v.mutant for v in reversed(verdicts) for s in v.shapes}
    lines = [f"{name}\t{count[name]}\t{first[name].error}\t{table_of(first[name])}" for name in sorted(count)]
    return "\n".join(["shape\terrors\tfor example\tin", *lines]) + "\n"


def table_of(mutant: op.Mutant) -> str:
    """Return the table and the column of an error."""
    return f"{Path(mutant.file).stem} {mutant.column}"


def made() -> dict[Path, str]:
    """Return the record of all errors, as `python -m tests.mutation` finds it."""
    return {RECORD: as_record(list(run(MASK.read_text(encoding="utf-8"), seed=1)))}
