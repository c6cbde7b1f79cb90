"""The path of a page: it stays in the folder of the release, whatever an IRI says."""

from __future__ import annotations

import pytest

from kg import terms
from kg.errors import DataError
from kg.site.pages import link_to, place_of

OUTSIDE = ["../x", "id/../../x", "/etc/x", "id//x", "id/", ".", "..", "id/..", "..#x", "a\\b", "id/a:b", "id/a?b", "id/a%2e", "x" * 201]  # fmt: skip


@pytest.mark.parametrize("place", [*OUTSIDE, "id/programme/index", "", "id/programme/..."])
def test_an_iri_that_is_no_path_is_refused_by_name(place: str) -> None:
    """An IRI of the ontology with ../ made a release write outside its folder."""
    for call in (place_of, lambda iri: link_to(iri, "index.html")):
        with pytest.raises(DataError) as caught:
            call(terms.BASE + place)
        assert str(caught.value).startswith(f"{terms.BASE}{place}: cannot be the path of a page")


@pytest.mark.parametrize("place", ["id/passage/doc/280-281", "ontology", "ontology#Programme", "shape/A-b", "graph/a.b-c", "id/x/..a"])  # fmt: skip
def test_the_path_of_a_page_is_the_end_of_its_iri(place: str) -> None:
    assert place_of(terms.BASE + place) == place
