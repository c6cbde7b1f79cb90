"""Keying errors put into the tables are noticed: a sample of them here, all of them by `python -m tests.mutation`."""

from __future__ import annotations

import csv
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg import paths, terms
from kg.errors import TableError
from kg.tables.load import load_facts
from kg.tables.schema import read_schema
from kg.validation.validate import validate
from tests.mutation import operators as op
from tests.mutation.gates import Verdict, judge_in_parallel
from tests.mutation.loading import Loading
from tests.mutation.operators import Mutant
from tests.mutation.report import GOALS, MASK, RECORD, Goal, killed
from tests.mutation.shaping import WRONG, Shaping, judging
from tests.validation import gates

SEED = 1
OF_EACH_GOAL = 4


@pytest.fixture(scope="module")
def loading() -> Loading:
    return Loading(read_schema())


@pytest.fixture(scope="module")
def errors(loading: Loading) -> list[Mutant]:
    return list(op.mutants(loading.tables, SEED))


@pytest.fixture(scope="module")
def sampled(errors: list[Mutant]) -> list[Mutant]:
    """Some errors for each goal."""
    chosen: dict[int, Mutant] = {}
    for goal in GOALS:
        own = [i for i, m in enumerate(errors) if goal.concerns(Verdict(m))]
        chosen |= {i: errors[i] for i in random.Random(f"{SEED} {goal.name}").sample(own, OF_EACH_GOAL)}
    return [chosen[i] for i in sorted(chosen)]


@pytest.fixture(scope="module")
def verdicts(sampled: list[Mutant]) -> list[Verdict]:
    return list(judge_in_parallel(MASK.read_text(encoding="utf-8"), sampled, processes=2))


@pytest.mark.slow("goes through every cell")
def test_every_cell_gets_an_error(loading: Loading, errors: list[Mutant]) -> None:
    struck = {(m.file, m.line, m.column) for m in errors}
    assert struck >= {(*place, column) for place, row in loading.tables.rows.items() for column in row.cells}
    assert {m.error for m in errors} == set(op.KINDS)


def test_what_a_column_holds_comes_from_the_schema(loading: Loading) -> None:
    def holds(table: str, column: str) -> str:
        return loading.tables.holds(f"facts/science-technology-budget-2020/{table}.csv", column)

    assert holds("BudgetCell", "amount") == op.AMOUNT
    assert holds("BudgetCell", "hasAccount") == op.CODE
    assert holds("ChangeObservation", "changeRate") == op.NUMBER
    assert holds("Role", "hasHost") == op.REFERENCE
    assert holds("Measure", "skos:prefLabel@ja") == op.LABEL


@pytest.mark.slow("makes all errors twice")
def test_the_same_seed_makes_the_same_errors(loading: Loading, errors: list[Mutant]) -> None:
    assert [m.name for m in op.mutants(loading.tables, SEED)] == [m.name for m in errors]
    assert [m.name for m in op.mutants(loading.tables, SEED + 1)] != [m.name for m in errors]


def some(errors: Sequence[Mutant], count: int, wanted: Sequence[str]) -> list[Mutant]:
    by_error: dict[str, list[Mutant]] = defaultdict(list)
    for m in errors:
        by_error[m.error].append(m)
    return [m for error in wanted for m in random.Random(f"{SEED} {error}").sample(by_error[error], count)]


def write(place: Path, loading: Loading, mutant: Mutant) -> None:
    """Write the table with the error as an editor would."""
    shutil.copytree(paths.FACTS, place)
    for file in {e.place[0] for e in mutant.edits}:
        changed = {e.place: e.cells for e in mutant.edits}
        rows = [dict(changed.pop((r.file, r.line), r.cells.items()) or ()) for r in loading.tables.of_file[file]]
        rows += [dict(cells or ()) for (name, _), cells in changed.items() if name == file]
        path = place / Path(file).relative_to("facts")
        with path.open(encoding="utf-8", newline="") as old:
            head = next(csv.reader(old))
        with path.open("w", encoding="utf-8", newline="") as new:
            writer = csv.DictWriter(new, head, lineterminator="\n")
            writer.writeheader()
            writer.writerows(row for row in rows if row)


@pytest.mark.slow("writes and reads all tables many times")
def test_the_reader_is_asked_as_by_writing_the_tables(loading: Loading, errors: list[Mutant], tmp_path: Path) -> None:
    for number, mutant in enumerate(some(errors, 1, op.KINDS[::3])):
        write(tmp_path / f"{number}" / "facts", loading, mutant)
        asked = loading.of(mutant)
        try:
            written = load_facts(tmp_path / f"{number}" / "facts", loading.schema)
        except TableError as error:
            assert len(asked.faults) == len(error.faults), mutant.name
        else:
            assert not asked.faults, mutant.name
            assert asked.quads == frozenset(written.quads), mutant.name


@pytest.mark.slow("validates the whole graph many times")
def test_the_shapes_are_asked_as_by_a_full_validation(loading: Loading, errors: list[Mutant]) -> None:
    shaping = Shaping(loading)
    tried = [m for m in some(errors, 1, (op.MISREAD, op.TWICE)) if not loading.of(m).faults]
    loaded = [loading.of(m) for m in tried]
    for mutant, one, found in zip(tried, loaded, shaping.violated(loaded), strict=True):
        judged = validate(one.quads, shaping.shapes)
        whole = {terms.local_name(r.shape) for r in judged.results if r.severity in WRONG and not r.because}
        assert found <= whole, mutant.name
        assert whole - found <= (shaping.late if found else set()), mutant.name


@pytest.mark.slow("judges a sample of all keying errors")
@pytest.mark.parametrize("goal", GOALS, ids=lambda g: g.name)
def test_errors_are_noticed(goal: Goal, verdicts: list[Verdict]) -> None:
    caught, whole = goal.reached(verdicts)
    assert whole >= OF_EACH_GOAL // 2
    escaped = [v.mutant.name for v in verdicts if goal.concerns(v) and not v.same and not v.caught]
    assert caught >= goal.least * whole, escaped


@pytest.mark.slow("judges a sample of all keying errors")
def test_what_errors_violate_are_shapes(verdicts: list[Verdict]) -> None:
    assert set(killed(verdicts)) <= judging()


def test_every_shape_is_violated_by_an_error_or_a_counterexample() -> None:
    recorded = {line.split("\t")[0] for line in RECORD.read_text(encoding="utf-8").splitlines()[1:]}
    examples = {example.shape for example in gates.counterexamples()}
    assert sorted(judging() - recorded - examples) == [], "write a counterexample: tests/validation/counterexamples"
    assert sorted(recorded - judging()) == [], "no such shapes: python -m tests.refresh killed, or delete their lines"


def test_what_the_gates_do_not_see_is_counted_as_escaped() -> None:
    mutant = Mutant(op.DIGIT, "facts/x/Y.csv", 2, "amount", op.AMOUNT, "1", "2", ())
    assert Counter(v.gate for v in [Verdict(mutant), Verdict(mutant, same=True), Verdict(mutant, source=True)]) == {
        "nothing": 1,
        "no error": 1,
        "source text": 1,
    }
    assert not Verdict(mutant).caught
