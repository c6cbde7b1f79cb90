"""A release folder: every IRI of ours resolves, no link is dead, what it says of its files is true."""

from __future__ import annotations

import hashlib
import posixpath
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pyoxigraph as ox
import pytest

from kg import terms
from kg.assembly.build import Built
from kg.questions.catalogue import catalogue
from kg.site.release import Files, release_files
from kg.validation.shapes import documents_with_hints, read_shapes


def make(built: Built) -> Files:
    data = {"innovation-strategy.nq": built.nquads.encode(), "innovation-strategy.ttl": built.turtle.encode()}
    data |= {"csv/Programme.csv": b"id\r\n", "csv/csv-metadata.json": b"{}", "innovation-strategy.xlsx": b"PK"}
    return release_files(built.quads, read_shapes(proofread=documents_with_hints()), catalogue(), data)


@pytest.fixture(scope="module")
def files(built: Built) -> Files:
    return make(built)


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [i for i in [found.get("id")] if i]
        self.links += [link for link in (found.get("href"), found.get("src")) if link]


@pytest.fixture(scope="module")
def pages(files: Files) -> dict[str, Page]:
    return {name: Page(content.decode()) for name, content in files.items() if name.endswith(".html")}


def dead_links(files: Files, pages: dict[str, Page]) -> list[str]:
    dead = []
    for name, page in pages.items():
        for link in page.links:
            if link.startswith(("http://", "https://", "mailto:")):
                continue
            path, _, fragment = unquote(link).partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            if target not in files or (fragment and fragment not in pages[target].ids):
                dead.append(f"{name}: {link}")
    return dead


@pytest.mark.slow("writes a release")
def test_no_link_is_dead(files: Files, pages: dict[str, Page]) -> None:
    assert sum(len(page.links) for page in pages.values()) > 10_000
    assert dead_links(files, pages) == []


@pytest.mark.slow("writes a release")
def test_a_dead_link_would_be_found(files: Files, pages: dict[str, Page]) -> None:
    gone = "id/institution/riken.html"
    broken = {name: content for name, content in files.items() if name != gone}
    left = {name: page for name, page in pages.items() if name != gone}
    assert any("riken.html" in link for link in dead_links(broken, left))


@pytest.mark.slow("writes a release")
def test_every_iri_of_ours_resolves_by_path(files: Files, built: Built) -> None:
    anchors = set(Page(files["ontology/index.html"].decode()).ids)
    nodes = {
        t.value
        for q in built.quads
        for t in (q.subject, q.predicate, q.object, q.graph_name)
        if isinstance(t, ox.NamedNode)
    }
    ours = {iri for iri in nodes if iri.startswith(terms.BASE)}
    missing = []
    for iri in ours:
        place, _, fragment = iri.removeprefix(terms.BASE).partition("#")
        if place == "ontology" or place.startswith("ontology/"):
            missing += [iri] if fragment and fragment not in anchors else []
            module = not fragment and place != f"ontology/{terms.VERSION}" and "/" in place
            missing += [iri] if module and f"{place}.ttl" not in files else []
        elif not all(f"{place}{ending}" in files for ending in (".html", ".ttl", ".jsonld")):
            missing.append(iri)
    assert len(ours) > 1_500
    assert missing == []


@pytest.mark.slow("writes a release")
def test_what_stands_beside_a_page_says_what_the_dataset_says(files: Files, built: Built) -> None:
    riken = ox.NamedNode(f"{terms.ID}institution/riken")
    expected = {q.triple for q in built.quads if q.subject == riken}
    expected |= {ox.Triple(riken, ox.NamedNode(terms.RDFS + "label"), ox.Literal("RIKEN", language="en"))}
    for ending, form in ((".ttl", ox.RdfFormat.TURTLE), (".jsonld", ox.RdfFormat.JSON_LD)):
        assert {q.triple for q in ox.parse(files[f"id/institution/riken{ending}"], format=form)} == expected


@pytest.mark.slow("writes a release")
def test_every_turtle_file_parses(files: Files) -> None:
    for name, content in files.items():
        if name.endswith(".ttl"):
            list(ox.parse(content, format=ox.RdfFormat.TURTLE))


@pytest.mark.slow("writes a release")
def test_the_checksums_are_those_of_the_files(files: Files) -> None:
    rows = [line.split("  ", 1) for line in files["SHA256SUMS"].decode().splitlines()]
    lines = {name: digest for digest, name in rows}
    assert set(lines) == set(files) - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in lines.items())


@pytest.mark.slow("writes a release")
def test_the_description_gives_size_checksum_and_linksets(files: Files) -> None:
    text = files["data/description.ttl"].decode()
    data = files["data/innovation-strategy.nq"]
    assert str(len(data)) in text
    assert hashlib.sha256(data).hexdigest() in text
    for target in ("ror", "wikidata", "crossref-funder"):
        assert f"linkset/{target}" in text


@pytest.mark.slow("writes a release")
def test_tables_are_offered_with_what_they_are(files: Files) -> None:
    media = "https://www.iana.org/assignments/media-types/"
    expected = {
        "csv/Programme.csv": "text/csv",
        "csv/csv-metadata.json": "application/csvm+json",
        "innovation-strategy.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    said = {
        (str(q.subject)[1:-1].rpartition("/distribution/")[2], q.predicate.value.rpartition("#")[2]): q.object
        for q in ox.parse(files["data/description.ttl"], format=ox.RdfFormat.TURTLE)
    }
    for name, kind in expected.items():
        assert said[name, "mediaType"] == ox.NamedNode(media + kind)
        assert said[name, "downloadURL"] == ox.NamedNode(f"{terms.BASE}data/{name}")
        assert f'href="data/{name}"' in files["index.html"].decode()


@pytest.mark.slow("writes a release")
def test_the_stored_questions_are_executables_that_still_parse(files: Files) -> None:
    sh = terms.PREFIXES["sh"]
    quads = list(ox.parse(files["query/all.ttl"], format=ox.RdfFormat.TURTLE))
    bodies = [q.object.value for q in quads if q.predicate.value == sh + "select" and isinstance(q.object, ox.Literal)]
    assert len(bodies) == len(catalogue())
    for body in bodies:
        ox.Store().query(body)
    for name, content in files.items():
        if name.startswith("query/grlc/"):
            ox.Store().query(content.decode())
            assert "$" not in re.sub(r'"[^"]*"', "", content.decode())


@pytest.mark.slow("writes a release")
def test_the_documentation_names_every_term_in_both_languages(files: Files, built: Built) -> None:
    declared = {
        q.subject.value
        for q in built.quads
        if q.predicate.value == terms.RDF + "type"
        and isinstance(q.subject, ox.NamedNode)
        and q.subject.value.startswith(terms.IS)
    }
    assert len(declared) > 150
    for page in ("ontology/index.html", "ontology/ja.html"):
        ids = set(Page(files[page].decode()).ids)
        assert {terms.local_name(iri) for iri in declared} <= ids
    assert "内数" in files["ontology/ja.html"].decode()


@pytest.mark.slow("makes the whole site once more")
def test_a_label_cannot_inject_markup(built: Built) -> None:
    text = built.nquads.replace('"RIKEN"@en', '"<script>alert(1)</script>"@en')
    assert text != built.nquads
    quads = list(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    made = release_files(quads, read_shapes(), [], {})
    assert not [name for name, content in made.items() if name.endswith(".html") and b"<script" in content]


@pytest.mark.slow("makes the whole site once more")
def test_the_same_dataset_gives_the_same_bytes(files: Files, built: Built) -> None:
    assert make(built) == files
