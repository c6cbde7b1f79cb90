"""A knowledge graph of Japan's national innovation strategy: ask it, export it, draw it.

Each function does what the command of the same name does and takes the same parameters. `store` is the store to ask; by
default, the package's own dataset.

>>> import kg
>>> answer = kg.query("programmes-funding-domain", domain="quantum security", fiscal_year=2020)
>>> answer.total.lower, answer.total.upper  # yen
(1400000000, 34500000000)
>>> [row["thing"].value.rsplit("/", 1)[-1] for row in kg.find("理研")][:1]
['riken']
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from functools import lru_cache
from threading import Lock, Thread
from typing import TYPE_CHECKING, Literal, Unpack, overload

from kg.errors import (
    DataError,
    InputError,
    KgError,
    QueryError,
    RemoteError,
    TableError,
    UsageError,
    not_one_of,
    verb,
)

if TYPE_CHECKING:
    from pathlib import Path

    import networkx
    import pyoxigraph
    import rdflib

    from kg.dataset.build import Built
    from kg.exports.registry import Content
    from kg.funding.scope import Options
    from kg.language.understand import Reply
    from kg.provenance.explain import Explanation
    from kg.questions.answer import Answer
    from kg.stores.embedded import EmbeddedStore, Store
    from kg.stores.push import Pushed
    from kg.stores.remote import RemoteStore
    from kg.tables.coverage import Coverage
    from kg.validation.validate import Report

    Tell = Callable[[str], None]

__version__ = "0.1.0"
__all__ = [
    "DataError",
    "InputError",
    "KgError",
    "QueryError",
    "RemoteError",
    "TableError",
    "UsageError",
    "__version__",
    "ask",
    "build",
    "connect",
    "coverage",
    "diff",
    "draw",
    "export",
    "find",
    "graph",
    "load_ahead",
    "load_store",
    "network",
    "push",
    "query",
    "release",
    "show",
    "sparql",
    "validate",
    "why",
]
LANGUAGES = ("en", "ja")
_STATEMENT = ("subject", "predicate", "value")


@lru_cache(maxsize=1)
def _opened() -> EmbeddedStore:
    from kg.stores.embedded import open_embedded

    return open_embedded()


_loading = Lock()


def load_store() -> EmbeddedStore:
    """Return a store with the package's own dataset, which is loaded once for all threads.

    Raises TableError or InputError if the dataset has to be built first and cannot be.
    """
    with _loading:
        return _opened()


def load_ahead() -> None:
    """Start loading the package's own dataset in a thread; the engine does not block Python meanwhile."""
    import kg.stores.embedded  # noqa: F401 — imported before the thread starts: concurrent imports wait for each other

    Thread(target=_load_quietly, daemon=True).start()


def _load_quietly() -> None:
    with suppress(KgError):  # load_store raises the error again when the store is needed
        load_store()


def _held(store: Store | None) -> EmbeddedStore:
    """Return a store in memory: a remote store is copied."""
    from kg.stores.remote import RemoteStore

    return store.copy() if isinstance(store, RemoteStore) else store or load_store()  # type: ignore[return-value]


@verb
def connect(endpoint: str, *, timeout: float = 60.0) -> RemoteStore:
    """Return a remote store with the dataset, for the parameter `store` of the other functions.

    `timeout` is in seconds and applies to each request. Credentials come from KG_TOKEN, or KG_USER and KG_PASSWORD, or
    netrc. No request is sent yet. Raises UsageError if the endpoint is not an http address.

    >>> connect("http://localhost:7878/query", timeout=5).endpoint
    'http://localhost:7878/query'
    """
    from kg.stores.http import Limits
    from kg.stores.remote import RemoteStore

    return RemoteStore(endpoint, Limits(timeout))


@verb
def query(question: str, /, *, lang: str = "en", store: Store | None = None, **arguments: object) -> Answer:
    """Return the answer to a stored question; a parameter takes an IRI, an id, or a label in either language.

    Amounts are in yen. Raises UsageError for an unknown question, parameter or name.

    >>> [str(row["printed"].value) for row in query("foreign-investments")][0]
    '最大13億ドル（約1,400億円）'
    """
    from kg.questions.catalogue import load_question
    from kg.questions.run import run

    _check("--lang", lang, LANGUAGES)
    given = {name: str(value) for name, value in arguments.items()}
    return run(load_question(question), given, store or load_store(), lang)


@verb
def ask(text: str, *, lang: str | None = None, store: Store | None = None) -> Reply:
    """Return how a question in free English or Japanese is understood, and its answer (None if the meaning is unclear).

    Raises UsageError for a text that is empty or too long to be a question.

    >>> ask("which programs fund quantum security").understood.question.name
    'programmes-funding-domain'
    """
    from kg.language.understand import ask as answer

    _check("--lang", lang, LANGUAGES)
    return answer(text, store or load_store(), lang)


@verb
def sparql(
    query: str, *, data: Path | None = None, allow_service: bool = False, store: Store | None = None
) -> Answer | bool | list[pyoxigraph.Triple]:
    """Return the answer to a SPARQL 1.1 query: rows for SELECT, a truth value for ASK, triples otherwise.

    `data` names an RDF file to query instead of the package's own dataset. Raises QueryError for an update, for SERVICE
    unless allowed, and for what does not parse (with line and column).

    >>> sparql("ASK { ?s ?p ?o }")
    True
    """
    from kg.questions.sparql import answer_sparql
    from kg.stores.embedded import open_embedded

    asked = open_embedded(data) if data else store or load_store()
    return answer_sparql(query, asked, allow_service=allow_service)


@verb
def find(text: str, *, limit: int = 20, store: Store | None = None) -> Answer:
    """Return the entities whose name, abbreviation or identifier contains `text`, best match first.

    Raises UsageError for an empty text.

    >>> next(iter(find("RIKEN")))["id"].value
    'riken'
    """
    from kg.language.find import search

    return search(text, store or load_store(), limit)


@verb
def show(thing: str, *, lang: str = "en", store: Store | None = None) -> Answer:
    """Return every statement with an entity as subject or object, each with evidence, page and lines.

    Raises UsageError if the name is unknown or ambiguous.

    >>> len(show("q-leap")) > 10
    True
    """
    from kg.questions.show import describe

    _check("--lang", lang, LANGUAGES)
    return describe(thing, store or load_store(), lang)


@overload
def why(
    subject: str,
    predicate: str,
    value: str,
    /,
    *,
    lang: str = "en",
    data: Path | None = None,
    store: Store | None = None,
) -> Explanation: ...


@overload
def why(
    question: str, /, *, lang: str = "en", data: None = None, store: Store | None = None, **arguments: object
) -> Answer: ...


@overload
def why(
    *statement: str, lang: str = "en", data: Path | None = None, store: Store | None = None, **arguments: object
) -> Explanation | Answer: ...


@verb
def why(
    *statement: str, lang: str = "en", data: Path | None = None, store: Store | None = None, **arguments: object
) -> Explanation | Answer:
    """Return the explanation of a statement, or the answer to a money question with its working.

    A statement is an entity, a property and a value, each an IRI, a CURIE, an id or a name. Its explanation is a source
    and table row, or a derivation from asserted statements and axioms; for a statement that does not hold, it lists the
    nearest ones that do. `data` is an RDF file to use instead of the package's own dataset; table rows are known only
    for the latter. A single word is the name of a stored question about money. Raises UsageError if a name is unknown
    or ambiguous.

    >>> why("q-leap", "is:isAdministeredBy", "id:institution/mext").holds
    True
    """
    from kg import paths
    from kg.provenance.explain import explain
    from kg.stores.embedded import open_embedded

    if len(statement) == 1 and data is None:
        return query(statement[0], lang=lang, store=store, **arguments)
    if len(statement) != len(_STATEMENT) or arguments:
        said = " ".join([*statement, *(f"--{name}" for name in arguments)]) or "no statement given"
        raise UsageError(
            f"{said}: give an entity, a property and a value (quote names of several words), or the name of a money "
            "question\ntry: kg why --help"
        )
    subject, predicate, value = statement
    asked = open_embedded(data) if data else _held(store)
    return explain(subject, predicate, value, asked, None if data or store else paths.FACTS)


def graph() -> rdflib.Graph:
    """Return the package's own dataset as one rdflib graph, the union of all named graphs.

    >>> import rdflib
    >>> (rdflib.URIRef("https://w3id.org/innovation-strategy/id/institution/riken"), None, None) in graph()
    True
    """
    import rdflib

    from kg.dataset import shipped

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=shipped.nquads(), format="nquads")
    return dataset


@verb
def draw(
    kind: str = "matrix",
    format: str = "html",
    *,
    lang: str = "en",
    store: Store | None = None,
    **scope: Unpack[Options],
) -> str | bytes:
    """Return a picture as text (html, svg) or bytes (png, pdf); its figures are those of the stored questions.

    `scope` narrows it: domain, institution, ministry, programme, part, fiscal_year, phase, evidence; a matrix also takes
    rows and columns, a network size. Raises UsageError for an unknown picture, format, option or name, and RenderError
    if this machine lacks what the format needs.

    >>> draw("matrix", "svg", domain="quantum security").startswith("<svg")
    True
    """
    from kg.funding.scope import make_scope
    from kg.pictures.drawing import draw as picture

    _check("--lang", lang, LANGUAGES)
    return picture(kind, format, make_scope("draw", scope), lang, store or load_store())


@verb
def export(
    format: str = "ttl",
    *,
    lang: str = "en",
    graph: str | None = None,
    inferred: bool = True,
    background: bool = True,
    ontology: bool = True,
    things: Collection[str] = (),
    depth: int = 1,
    query: str | None = None,
    only_lang: str | None = None,
    store: Store | None = None,
    **arguments: object,
) -> Content:
    """Return the dataset, or part of it, in a format: text, bytes, or a dict from file name to bytes.

    `graph` selects one named graph; `things` selects entities (by IRI, id or name) and everything up to `depth` steps
    away; `query` selects the entities in the answer to a stored question, whose parameters are `arguments`; `only_lang`
    keeps texts in one language. Raises UsageError for an unknown format, graph, name or question, and DataError if the
    answer to the question is empty.

    >>> export("nt", graph="common", inferred=False).splitlines()[0].endswith(" .")
    True
    """
    from kg.exports.export import export as write
    from kg.exports.select import Choice
    from kg.questions.catalogue import load_question
    from kg.questions.resolve import find_thing
    from kg.questions.run import run

    _check("--lang", lang, LANGUAGES)
    _check("--only-lang", only_lang, LANGUAGES)
    if arguments and not query:
        from kg.errors import no_option

        raise no_option("export", min(arguments), [])
    held = _held(store)
    taken = [find_thing(name, None, held).value for name in ([things] if isinstance(things, str) else things)]
    if query:
        answer = run(load_question(query), {name: str(value) for name, value in arguments.items()}, held)
        depth = depth if taken else 0
        taken += answer.things()
        if not taken:
            raise DataError(answer.sentence["en"])
    choice = Choice(graph, inferred, background, ontology, tuple(taken), max(depth, 0), only_lang)
    return write(format, choice, language=lang, quads=held.inner if store else None)


@verb
def validate(
    source: Path | str | None = None, *, engine: str = "auto", shapes: Path | None = None, tell: Tell | None = None
) -> Report:
    """Return the report on an RDF file (a Path), on RDF text, or by default on the graph built from the fact tables.

    `engine` is pyshacl, pyshifty, or auto: pyshifty if it is installed. `tell` receives progress messages. Raises
    TableError, InputError, ShapeError or UsageError as kg.validation.validate.check does.

    >>> validate("<http://a/s> a <https://w3id.org/innovation-strategy/ontology#Appropriation> .").conforms
    False
    """
    from kg import paths
    from kg.validation.validate import check

    return check(source, engine=engine, shapes=shapes or paths.SHAPES, tell=tell)


@overload
def network(
    view: Literal["institutions"] = "institutions", *, store: Store | None = None, **scope: Unpack[Options]
) -> networkx.MultiDiGraph[str]: ...


@overload
def network(view: str, *, store: Store | None = None, **scope: Unpack[Options]) -> networkx.Graph[str]: ...


@verb
def network(view: str = "institutions", *, store: Store | None = None, **scope: Unpack[Options]) -> networkx.Graph[str]:
    """Return the funding network of institutions; kg.funding.network describes nodes and edges. Amounts are in yen.

    In the view `institutions`, ministries and institutions also have degree, betweenness, pagerank and community. The
    views `sharing` and `ministries` are projections: institutions linked by the programmes and domains they share,
    ministries linked to domains by programmes. `scope` narrows the network as in draw. Raises UsageError for an unknown
    view or option, and for an unknown or ambiguous name.

    >>> graph = network(domain="quantum security")
    >>> graph.nodes["https://w3id.org/innovation-strategy/id/programme/global-qkd-network"]["lower"]
    1400000000
    """
    from kg.funding.network import make_network
    from kg.funding.scope import make_scope
    from kg.funding.table import VIEWS

    _check("view", view, VIEWS)
    return VIEWS[view].project(make_network(store or load_store(), make_scope("network", scope)))


@verb
def build(facts: Path | None = None, *, check: bool = False) -> Built:
    """Return the dataset built from fact tables (by default the package's own), as `.turtle`, `.trig` and `.nquads`.

    Raises TableError with every fault in every table; with `check`, DataError if the package's Turtle file is out of date.

    >>> len(build().quads) > 20_000
    True
    """
    from kg import paths
    from kg.dataset.build import build as make

    built = make(facts or paths.FACTS)
    if check and not (paths.GRAPH_TTL.is_file() and paths.GRAPH_TTL.read_text(encoding="utf-8") == built.turtle):
        raise DataError(f"{paths.GRAPH_TTL.name} is out of date: run kg build")
    return built


@verb
def coverage(source: Path, *, document: str = "science-technology-budget-2020", store: Store | None = None) -> Coverage:
    """Return how far the facts of a document cover the text of their source, line by line.

    Raises InputError when the source cannot be read.
    """
    from kg.tables.coverage import compare, read_source

    return compare(read_source(source), _held(store).inner, document)


@overload
def diff(old: Path, new: Path | None = None, *, lang: str = "en", patch: Literal[False] = False) -> Answer: ...


@overload
def diff(old: Path, new: Path | None = None, *, lang: str = "en", patch: Literal[True]) -> str: ...


@verb
def diff(old: Path, new: Path | None = None, *, lang: str = "en", patch: bool = False) -> Answer | str:
    """Return what changed between two RDF files (by default up to the package's own dataset); as an RDF patch if asked.

    Raises InputError when a file cannot be read.
    """
    from kg.dataset import shipped
    from kg.provenance import diff as differences
    from kg.rdf.read import read_quads

    _check("--lang", lang, LANGUAGES)
    before, after = read_quads(old), read_quads(new) if new else list(shipped.quads())
    return differences.patch(before, after) if patch else differences.compare(before, after, lang)


@verb
def push(
    endpoint: str,
    *,
    data: Path | None = None,
    update: str | None = None,
    graph_store: str | None = None,
    by: Literal["graph-store", "update"] | None = None,
    timeout: float = 600.0,
    tell: Tell | None = None,
) -> list[Pushed]:
    """Load the dataset into a SPARQL 1.1 store, each named graph as a whole, and return what became of each.

    `data` names another dataset. `update` and `graph_store` are addresses, by default detected; `by` is `graph-store`
    or `update`. `timeout` is in seconds, for each step. Raises InputError, RemoteError, UsageError.
    """
    from kg.stores.endpoints import find_addresses
    from kg.stores.http import Limits
    from kg.stores.push import Target
    from kg.stores.push import push as send

    _check("--by", by, ("graph-store", "update"))
    limits = Limits(timeout)
    target = Target(find_addresses(endpoint, update, graph_store, limits, by), limits)
    return send(target, data, tell or (lambda _: None))


@verb
def release(folder: Path, *, tell: Tell | None = None) -> list[str]:
    """Write a release into a folder, and return the names of its files.

    Raises UsageError when the folder exists and is not a release.
    """
    from kg.site.release import make_release, write_folder

    tell = tell or (lambda _: None)
    files = make_release(tell=tell)
    tell("writing")
    write_folder(folder, files)
    return sorted(files)


def _check(option: str, value: str | None, allowed: Collection[str]) -> None:
    if value is not None and value not in allowed:
        raise not_one_of(option, value, allowed)
