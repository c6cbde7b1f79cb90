"""What a release says of itself satisfies DCAT-AP 3.0.1: the shapes, the ranges and the recommendations."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import terms
from kg.assembly.build import Built
from kg.exports.export import load_forms
from kg.site.catalogue import description
from kg.site.dcat_ap import formats
from kg.site.release import media_of

SUITE = Path(__file__).parent / "dcat-ap"
NAMES = [
    *(f"innovation-strategy{form.ending}" for form in load_forms().values() if form.ending),
    "csv/Programme.csv",
    "csv/csv-metadata.json",
]


@pytest.fixture(scope="module")
def described(built: Built) -> str:
    return description({name: (media_of(name), name.encode()) for name in NAMES}, built.quads)


def results(described: str) -> Counter[tuple[str, ...]]:
    """What the shapes find, as (focus, path, constraint), warnings included."""
    import shifty

    shapes = "".join(
        f"{quad.triple} .\n"
        for path in sorted(SUITE.glob("*.ttl"))
        for quad in ox.parse(path.read_text(encoding="utf-8"), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    )
    data = "".join(f"{q.triple} .\n" for q in ox.parse(described, format=ox.RdfFormat.TURTLE))
    _, report, _ = shifty.PreparedValidator(shapes.encode()).validate(data.encode(), graph_mode="data", infer=False)
    members: dict[object, dict[str, str]] = {}
    for t in ox.parse(report.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES):
        value = str(getattr(t.object, "value", t.object))
        members.setdefault(t.subject, {})[terms.local_name(t.predicate.value)] = terms.shorten(value)
    return Counter(
        tuple(m.get(name, "") for name in ("focusNode", "resultPath", "sourceConstraintComponent"))
        for m in members.values()
        if "focusNode" in m
    )


def test_the_suite_finds_nothing(described: str) -> None:
    assert results(described) == Counter()


@pytest.mark.parametrize(
    ("right", "wrong", "path"),
    [
        ("^^xsd:hexBinary", "", "spdx:checksumValue"),
        ("^^xsd:nonNegativeInteger", "^^xsd:integer", "dcat:byteSize"),
        ("dcat:accessURL", "dcterms:relation", "dcat:accessURL"),
        ("dcat:theme", "dcterms:relation", "dcat:theme"),
        ("dcterms:PeriodOfTime", "dcterms:Location", "dcterms:temporal"),
    ],
)
def test_it_would_find_what_is_wrong_or_missing(described: str, right: str, wrong: str, path: str) -> None:
    assert right in described
    assert path in {found for _, found, _ in results(described.replace(right, wrong))}


def test_every_format_says_what_it_is() -> None:
    assert {media_of(name) for name in NAMES} <= set(formats())
    assert all(set(about) == {"code", "en", "ja"} for about in formats().values())


def test_the_dataset_covers_its_fiscal_years(described: str, built: Built) -> None:
    years = {int(q.object.value) for q in built.quads if q.predicate.value == terms.IS + "fiscalYear" and isinstance(q.object, ox.Literal)}  # fmt: skip
    assert f'dcat:startDate "{min(years)}-04-01"^^xsd:date' in described
    assert f'dcat:endDate "{max(years) + 1}-03-31"^^xsd:date' in described
