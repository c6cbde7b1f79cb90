"""A knowledge graph of Japan's national innovation strategy: ask it, hand it over, see it.

>>> import kg
>>> answer = kg.query("programmes-funding-domain", domain="quantum security", fiscal_year=2020)
>>> answer.total.lower, answer.total.upper  # yen
(1400000000, 34500000000)
>>> [row["thing"].value.rsplit("/", 1)[-1] for row in kg.find("理研")][:1]
['riken']
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from kg.errors import DataError, InputError, KgError, QueryError, RemoteError, TableError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    import networkx
    import pyoxigraph
    import rdflib

    from kg.answers import Answer
    from kg.check import Report
    from kg.explain import Explanation
    from kg.exports.forms import Content
    from kg.remote import RemoteStore
    from kg.store import EmbeddedStore, Store
    from kg.understanding import Reply

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
    "connect",
    "draw",
    "export",
    "find",
    "graph",
    "load_ahead",
    "load_store",
    "network",
    "query",
    "show",
    "sparql",
    "validate",
    "why",
]


@lru_cache(maxsize=1)
def _opened() -> EmbeddedStore:
    from kg.store import open_embedded

    return open_embedded()


_loading = Lock()


def load_store() -> EmbeddedStore:
    """Return the store over the shipped dataset; it is loaded once, whichever thread asks first.

    Raises InputError when the dataset cannot be read.
    """
    with _loading:
        return _opened()


def load_ahead() -> None:
    """Begin to load the shipped dataset while other work goes on: the engine loads it without holding Python up."""
    import kg.store  # noqa: F401 — here, for two threads that import get in each other's way

    Thread(target=_load_quietly, daemon=True).start()


def _load_quietly() -> None:
    with suppress(KgError):  # whoever asks for the store meets the error
        load_store()


def connect(endpoint: str, *, timeout: float = 60.0) -> RemoteStore:
    """Return a store elsewhere that holds the graph, for the `store` of query, ask, sparql, find, show and why.

    `timeout` is in seconds, for each exchange with it. Credentials come from KG_TOKEN, else KG_USER and KG_PASSWORD,
    else netrc. Nothing is sent yet. Raises UsageError for what is no http address.

    >>> connect("http://localhost:7878/query", timeout=5).endpoint
    'http://localhost:7878/query'
    """
    from kg.remote import RemoteStore
    from kg.transport import Limits

    return RemoteStore(endpoint, Limits(timeout))


def query(question: str, /, *, lang: str = "en", store: Store | None = None, **arguments: object) -> Answer:
    """Return the answer to a stored question; a parameter takes an IRI, an id, or a label in either language.

    Amounts are in yen. `store` is where to ask, by default the shipped dataset. Raises UsageError for an unknown
    question, parameter or name.

    >>> [str(row["printed"].value) for row in query("foreign-investments")][0]
    '最大13億ドル（約1,400億円）'
    """
    from kg.answers import run
    from kg.stored import load_question

    given = {name: str(value) for name, value in arguments.items()}
    return run(load_question(question), given, store or load_store(), lang)


def ask(text: str, *, lang: str | None = None, store: Store | None = None) -> Reply:
    """Return how a question in free English or Japanese is understood, and its answer (None when unsure).

    >>> ask("which programs fund quantum security").understood.question.name
    'programmes-funding-domain'
    """
    from kg.understanding import ask as answer

    return answer(text, store or load_store(), lang)


def sparql(
    text: str, *, data: Path | None = None, store: Store | None = None, allow_service: bool = False
) -> Answer | bool | list[pyoxigraph.Triple]:
    """Return the answer to a SPARQL 1.1 query: rows for SELECT, a truth value for ASK, triples otherwise.

    `data` names an RDF file to query instead of the shipped dataset, `store` a store. Raises QueryError for
    an update, for SERVICE unless allowed, and for what does not parse (with line and column).

    >>> sparql("ASK { ?s ?p ?o }")
    True
    """
    from kg.answers import answer_sparql
    from kg.store import open_embedded

    asked = open_embedded(data) if data else store or load_store()
    return answer_sparql(text, asked, allow_service=allow_service)


def find(text: str, *, limit: int = 20, store: Store | None = None) -> Answer:
    """Return the things whose name, abbreviation or identifier holds `text`, best first.

    >>> next(iter(find("RIKEN")))["id"].value
    'riken'
    """
    from kg.search import search

    return search(text, store or load_store(), limit)


def show(thing: str, *, lang: str = "en", store: Store | None = None) -> Answer:
    """Return every statement of a thing and about it, each with evidence, page and lines.

    Raises UsageError when the name means nothing or several things.

    >>> len(show("q-leap")) > 10
    True
    """
    from kg.describe import describe

    return describe(thing, store or load_store(), lang)


def graph() -> rdflib.Graph:
    """Return the shipped dataset, all named graphs together, as one rdflib graph.

    >>> import rdflib
    >>> (rdflib.URIRef("https://w3id.org/innovation-strategy/id/institution/riken"), None, None) in graph()
    True
    """
    import rdflib

    from kg import paths

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(paths.DATASET)
    return dataset


def draw(kind: str = "matrix", form: str = "html", *, lang: str = "en", **choice: object) -> str | bytes:
    """Return a picture as text (html, svg) or bytes (png, pdf); its figures are those of the stored questions.

    `choice` narrows it: domain, institution, ministry, programme, part, fiscal_year, phase, evidence, rows, columns,
    size.
    Raises UsageError for what there is not, RenderError where this machine cannot make the format.

    >>> draw("matrix", "svg", domain="quantum security").startswith("<svg")
    True
    """
    from dataclasses import fields

    from kg.errors import did_you_mean
    from kg.pictures.drawing import draw as picture
    from kg.pictures.figures import Choice

    known = [field.name for field in fields(Choice)]
    if strange := set(choice) - set(known):
        name = min(strange)
        raise UsageError(f"a picture has no option {name}; {did_you_mean(name, known) or 'known: ' + ', '.join(known)}")
    return picture(kind, form, Choice(**{k: str(v) for k, v in choice.items()}), lang, load_store())


def export(form: str = "ttl", *, lang: str = "en", **choice: Any) -> Content:
    """Return the dataset, or a part of it, in a form: text, bytes, or a dict from file name to bytes.

    `choice` is that of kg.exports.select.Choice: graph, inferred, background, ontology, things, depth, only_language.
    Raises UsageError for an unknown form or graph.

    >>> export("nt", graph="common", inferred=False).splitlines()[0].endswith(" .")
    True
    """
    from kg.exports import export as write
    from kg.exports.select import Choice

    return write(form, Choice(**choice), language=lang)


def validate(source: Path | str | None = None, *, engine: str = "auto") -> Report:
    """Return what the shapes find in an RDF file (a Path), in RDF text, or by default in the graph of the fact tables.

    Raises TableError, InputError, ShapeError, UsageError as kg.check.check does.

    >>> validate("<http://a/s> a <https://w3id.org/innovation-strategy/ontology#Appropriation> .").conforms
    False
    """
    from kg.check import check

    return check(source, engine=engine)


def why(
    subject: str, predicate: str, value: str, *, data: Path | None = None, store: RemoteStore | None = None
) -> Explanation:
    """Return how a statement follows: its source and table row, or a derivation down to asserted statements and axioms.

    Each part is an IRI, a CURIE, an id or a name. A statement that does not hold comes with the nearest that do. `data`
    names an RDF file, `store` a store elsewhere, whose graph is fetched; without tables of theirs, rows are not named.
    Raises UsageError when a name means nothing or several things.

    >>> why("q-leap", "is:isAdministeredBy", "id:institution/mext").holds
    True
    """
    from kg import paths
    from kg.explain import explain
    from kg.store import open_embedded

    asked = open_embedded(data) if data else store.copy() if store else load_store()
    return explain(subject, predicate, value, asked, None if data or store else paths.FACTS)


def network(**choice: object) -> networkx.MultiDiGraph[str]:
    """Return the institution-funding network; nodes and edges are described in kg.networks.

    `choice` narrows it: domain, institution, ministry, programme, part, fiscal_year (default the question's), phase,
    evidence. Amounts are in yen. Raises UsageError when a name means nothing or several things.

    >>> graph = network(domain="quantum security")
    >>> graph.nodes["https://w3id.org/innovation-strategy/id/programme/global-qkd-network"]["lower"]
    1400000000
    """
    from kg.networks import make_network
    from kg.pictures.figures import Choice

    return make_network(load_store(), Choice(**{name: str(content) for name, content in choice.items()}))
