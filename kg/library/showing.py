"""The graph in other forms: exports, pictures, the network."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Literal, overload

from kg.errors import LANGUAGES, DataError, UsageError, check_choice, keywords, no_option, verb
from kg.library.opened import held, load_store

if TYPE_CHECKING:
    import networkx

    from kg.exports.registry import Content
    from kg.funding.scope import Given
    from kg.stores.embedded import Store

    Tell = Callable[[str], None]


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
    bom: bool = False,
    store: Store | None = None,
    **scope: object,
) -> Content:
    r"""Return the dataset, or part of it, in a format: text, bytes, or a dict from file name to bytes.

    `graph` selects one named graph; `things` selects entities (by IRI, id or name) and everything up to `depth` steps
    away; `query` selects the entities in the answer to a stored question, whose parameters are in `scope`; `only_lang`
    keeps texts in one language; `bom` puts a byte order mark before CSV, by which Excel knows that it is UTF-8.
    Without a question, `scope` selects money as in draw (domain, institution, ministry, programme, part, fiscal_year,
    phase, evidence; all years and phases by default), and in other formats than those of the network the lines, amounts
    and entities behind it. Raises UsageError for an unknown format, graph, name, option or question, and DataError if
    the answer to the question is empty or there is no money in the scope.

    >>> export("nt", graph="common", inferred=False).partition("\n")[0].endswith(" .")
    True
    """
    from kg.exports.export import export as write
    from kg.exports.export import marked
    from kg.exports.select import Choice
    from kg.funding.network import things_within
    from kg.funding.scope import MONEY, Scope
    from kg.questions.catalogue import load_question
    from kg.questions.resolve import find_thing
    from kg.questions.run import run

    check_choice("--lang", lang, LANGUAGES)
    check_choice("--only-lang", only_lang, LANGUAGES)
    if bom and format != "csv":
        raise UsageError(f"--bom goes with csv, not with {format}")
    given = {name: str(value) for name, value in scope.items() if value is not None}
    if strange := sorted(set() if query is not None else set(given) - set(MONEY)):
        raise no_option("export", strange[0], [*keywords(export), *MONEY])
    whole = held(store)
    taken = [find_thing(name, None, whole).value for name in ([things] if isinstance(things, str) else things)]
    chosen = None
    if query is not None:
        answer = run(load_question(query), given, whole)
        depth = depth if taken else 0
        taken += answer.things()
        if not taken:
            raise DataError(answer.sentence["en"])
    elif given:
        chosen = Scope(**given)
        depth = depth if taken else 0
        within = things_within(whole, chosen)
        if not within:
            raise DataError("no money within this scope")
        taken += within
    choice = Choice(graph, inferred, background, ontology, tuple(taken), max(depth, 0), only_lang, chosen)
    content = write(format, choice, language=lang, quads=whole.inner if store else None)
    return marked(content) if bom else content


@verb
def draw(
    kind: str = "matrix",
    format: str = "html",
    *,
    lang: str = "en",
    store: Store | None = None,
    **scope: Given,
) -> str | bytes:
    """Return a picture as text (html, svg) or bytes (png, pdf); its figures are those of the stored questions.

    `scope` narrows it: domain, institution, ministry, programme, part, fiscal_year, phase, evidence; a matrix also
    takes rows and columns, a network size. Raises UsageError for an unknown picture, format, option or name, and
    RenderError if this machine lacks what the format needs.

    >>> draw("matrix", "svg", domain="quantum security").startswith("<svg")
    True
    """
    from kg.funding.scope import make_scope
    from kg.pictures.drawing import draw as picture

    check_choice("--lang", lang, LANGUAGES)
    return picture(kind, format, make_scope("draw", scope), lang, store or load_store())


@overload
def network(
    view: Literal["institutions"] = "institutions", *, store: Store | None = None, **scope: Given
) -> networkx.MultiDiGraph[str]: ...


@overload
def network(view: str, *, store: Store | None = None, **scope: Given) -> networkx.Graph[str]: ...


@verb
def network(view: str = "institutions", *, store: Store | None = None, **scope: Given) -> networkx.Graph[str]:
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

    check_choice("view", view, VIEWS)
    return VIEWS[view](make_network(store or load_store(), make_scope("network", scope)))
