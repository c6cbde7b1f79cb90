"""Build, check, compare and publish the graph."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from kg.errors import LANGUAGES, DataError, check_choice, verb
from kg.library.opened import statements

if TYPE_CHECKING:
    from kg.assembly.build import Built
    from kg.questions.answer import Answer
    from kg.stores.embedded import Store
    from kg.stores.push import Pushed
    from kg.tables.coverage import Coverage
    from kg.validation.validate import Report

    Tell = Callable[[str], None]


@verb
def build(facts: Path | None = None, *, check: bool = False) -> Built:
    """Return the dataset built from fact tables (by default the package's own), as `.turtle`, `.trig` and `.nquads`.

    Raises TableError with every fault in every table; with `check`, DataError if the package's Turtle file is out of
    date.

    >>> len(build().quads) > 20_000
    True
    """
    from kg import paths
    from kg.assembly.build import build as make

    built = make(facts or paths.FACTS)
    if check and not (paths.GRAPH_TTL.is_file() and paths.GRAPH_TTL.read_text(encoding="utf-8") == built.turtle):
        raise DataError(f"{paths.GRAPH_TTL.name} is out of date: run kg build")
    return built


@verb
def validate(
    source: Path | str | bytes | None = None,
    *,
    data_format: str | None = None,
    engine: str = "auto",
    shapes: Path | None = None,
    proofread: Collection[str] = (),
    timeout: float = 600.0,
    store: Store | None = None,
    tell: Tell | None = None,
) -> Report:
    """Return the report on an RDF file (a Path), RDF text, a store, or by default the fact tables.

    `data_format` is that of the file or text: ttl, nt, nq, trig, rdfxml, jsonld or n3; by default its name or content
    says. `engine` is pyshacl, pyshifty, or auto: pyshifty if it is installed. `proofread` names documents whose hints
    for proofreading are wanted too, as warnings. `tell` receives progress messages. A file, a text and shapes that do
    not come with the package are handled in a process of its own, for at most `timeout` seconds. Raises TableError,
    InputError, ShapeError or UsageError as kg.validation.validate.check does.

    >>> validate("<http://a/s> a <https://w3id.org/innovation-strategy/ontology#Appropriation> .").conforms
    False
    """
    from kg import paths
    from kg.validation.engines import ENGINES
    from kg.validation.shapes import read_shapes
    from kg.validation.validate import check
    from kg.validation.validate import validate as check_quads

    check_choice("--engine", engine, ("auto", *ENGINES))
    if store is not None:
        rules = read_shapes(shapes or paths.SHAPES, proofread)
        return check_quads(statements(store), rules, engine=engine, tell=tell)
    place = shapes or paths.SHAPES
    if source is None and place.resolve().is_relative_to(paths.SHAPES):
        return check(engine=engine, shapes=place, proofread=proofread, tell=tell)
    from kg.validation.apart import check_apart

    return check_apart(
        source,
        data_format=data_format,
        shapes=place,
        proofread=proofread,
        engine=engine,
        timeout=timeout,
        tell=tell,
    )


@verb
def coverage(source: Path, *, document: str | None = None, store: Store | None = None) -> Coverage:
    """Return how far the facts of a document cover the text of their source, line by line.

    Without a document, that of the text is taken, or the only one. Raises InputError when the source cannot be read,
    UsageError for a document without pages, and for a text that belongs to none of several documents.
    """
    from kg.tables.coverage import compare_with_source, find_document, read_source

    text, quads = read_source(source), list(statements(store))
    return compare_with_source(text, quads, find_document(text, quads, document))


@overload
def diff(
    old: Path,
    new: Path | None = None,
    *,
    lang: str = "en",
    patch: Literal[False] = False,
    data_format: str | None = None,
    store: Store | None = None,
) -> Answer: ...


@overload
def diff(
    old: Path,
    new: Path | None = None,
    *,
    lang: str = "en",
    patch: Literal[True],
    data_format: str | None = None,
    store: Store | None = None,
) -> str: ...


@verb
def diff(
    old: Path,
    new: Path | None = None,
    *,
    lang: str = "en",
    patch: bool = False,
    data_format: str | None = None,
    store: Store | None = None,
) -> Answer | str:
    """Return what changed between two RDF files, or from one to the statements of a store; as an RDF patch if asked.

    `data_format` is that of the files: ttl, nt, nq, trig, rdfxml, jsonld or n3; by default their names or contents say.
    Of a whole export without named graphs, the statements that were inferred are found again and left out as usual; a
    patch that has to do with such a file leaves out the graph names.

    Raises InputError when a file cannot be read.
    """
    from kg.assembly.graph_names import with_graph_names
    from kg.provenance import diff as differences
    from kg.rdf.read import read_quads

    check_choice("--lang", lang, LANGUAGES)
    before = read_quads(old, data_format)
    after = read_quads(new, data_format) if new else list(statements(store))
    if patch:
        return differences.patch(before, after)
    return differences.compare_datasets(with_graph_names(before), with_graph_names(after), lang)


@verb
def push(
    endpoint: str,
    *,
    data: Path | None = None,
    data_format: str | None = None,
    update: str | None = None,
    graph_store: str | None = None,
    by: Literal["graph-store", "update"] | None = None,
    timeout: float = 600.0,
    tell: Tell | None = None,
) -> list[Pushed]:
    """Load the dataset into a SPARQL 1.1 store, each named graph as a whole, and return what became of each.

    `data` names another dataset, in a `data_format` as in diff. `update` and `graph_store` are addresses, by default
    detected; `by` is `graph-store` or `update`. `timeout` is in seconds, for each step. Raises InputError, RemoteError,
    UsageError.
    """
    from kg.stores.endpoints import find_addresses
    from kg.stores.http import Limits
    from kg.stores.push import Target
    from kg.stores.push import push as send

    check_choice("--by", by, ("graph-store", "update"))
    limits = Limits(timeout)
    target = Target(find_addresses(endpoint, update, graph_store, limits, by), limits)
    return send(target, data, tell or (lambda _: None), data_format)


@verb
def release(folder: Path, *, tell: Tell | None = None) -> list[str]:
    """Write a release into a folder, and return the names of its files; of an earlier one, only its own are removed.

    Raises UsageError when the folder exists and is not a release, InputError when it cannot be written.
    """
    from kg.site.folder import check_folder, replace_folder
    from kg.site.release import make_release

    tell = tell or (lambda _: None)
    check_folder(folder)  # before the work of making the files
    files = make_release(tell=tell)
    tell("writing")
    replace_folder(folder, files)
    return sorted(files)
