"""Ask the graph: free text, stored questions, SPARQL, searches, entities and statements."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, overload

from kg.errors import LANGUAGES, InputError, UsageError, check_choice, keywords, no_option, verb
from kg.library.opened import held, load_store

if TYPE_CHECKING:
    import pyoxigraph

    from kg.asking.reply import Reply
    from kg.provenance.explain import Explanation
    from kg.questions.answer import Answer
    from kg.stores.embedded import Store

    Tell = Callable[[str], None]


_STATEMENT = ("subject", "predicate", "value")


@verb
def ask(text: str, *, lang: str | None = None, store: Store | None = None, **refinement: object) -> Reply:
    """Return how a question in free English or Japanese is understood, and its answer (None if the meaning is unclear).

    `refinement` chooses among the rows, as in query. Raises UsageError for a text that is empty or too long to be a
    question.

    >>> ask("which programs fund quantum security").understood.question.name
    'programmes-funding-domain'
    """
    from kg.asking.reply import ask as answer
    from kg.asking.reply import get_ready

    check_choice("--lang", lang, LANGUAGES)
    get_ready(text)  # while the dataset is being loaded
    asked = store or load_store()
    reply = answer(text, asked, lang)
    if not refinement or reply.answer is None:
        return reply
    from dataclasses import replace

    from kg.questions.refine_options import NAMES, refined

    if strange := sorted(set(refinement) - set(NAMES)):
        raise no_option("ask", strange[0], [*keywords(ask), *NAMES])
    return replace(reply, answer=refined(reply.answer, refinement, asked))


@verb
def query(question: str, /, *, lang: str = "en", store: Store | None = None, **arguments: object) -> Answer:
    """Return the answer to a stored question; a parameter takes an IRI, an id, or a label in either language.

    Beside the parameters of the question, `arguments` may choose among the rows (kg.questions.refinement): `top`,
    `bottom`, `sort`, `rose`, `fell`, `unchanged`, `more_than`, `less_than`, `column`, `without`, `panel`, `page`.
    Amounts are in yen.
    Raises UsageError for an unknown question, parameter or name.

    >>> [str(row["printed"].value) for row in query("foreign-investments")][0]
    '最大13億ドル（約1,400億円）'
    """
    from kg.questions.catalogue import load_question
    from kg.questions.run import run

    check_choice("--lang", lang, LANGUAGES)
    stored, asked = load_question(question), store or load_store()
    refinement: dict[str, object] = {}
    if arguments:
        from kg.questions.refine_options import refined, split

        arguments, refinement = split(arguments, (parameter.name for parameter in stored.parameters))
    answer = run(stored, {name: _one(value) for name, value in arguments.items()}, asked, lang)
    return refined(answer, refinement, asked) if refinement else answer


def _one(value: object) -> str:
    """Return the text of an argument; a list is a text with commas."""
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


@verb
def find(text: str, *, limit: int = 20, store: Store | None = None) -> Answer:
    """Return the entities whose name, abbreviation or identifier contains `text`, best match first.

    Raises UsageError for an empty text.

    >>> next(iter(find("RIKEN")))["id"].value
    'riken'
    """
    from kg.language.find import search

    if not text.strip():
        raise UsageError("nothing to look for: give a part of a name, an abbreviation or an identifier")
    return search(text, store or load_store(), limit)


@verb
def show(thing: str, *, lang: str = "en", all: bool = False, store: Store | None = None) -> Answer:
    """Return the profile of an entity: kind, money by year and phase, roles, domains, parts, where it is printed.

    With `all`, every statement with the entity as subject or object instead, each with evidence, page and lines. A
    name that several entities bear alike gives the list of them. Amounts are in yen. Raises UsageError for an unknown
    name.

    >>> {row["section"].value for row in show("q-leap")} >= {"about", "money", "lines", "roles"}
    True
    """
    from kg.profiles.profile import show as profile

    check_choice("--lang", lang, LANGUAGES)
    return profile(thing, store or load_store(), lang, everything=all)


@verb
def sparql(
    query: str,
    *,
    data: Path | None = None,
    data_format: str | None = None,
    allow_service: bool = False,
    timeout: float = 60.0,
    store: Store | None = None,
) -> Answer | bool | list[pyoxigraph.Triple]:
    """Return the answer to a SPARQL 1.1 query: rows for SELECT, a truth value for ASK, triples otherwise.

    The prefixes of the package need no declaration. A query without FROM sees the union of the named graphs. `data`
    names an RDF file to query instead of the package's own dataset, in a `data_format` (ttl, nt, nq, trig, rdfxml,
    jsonld, n3; default: by its name and content). The query runs in a process of its own, for at most `timeout` seconds
    and in 2 GB of memory. Raises QueryError for an update, for SERVICE unless allowed, for what does not parse (with
    line and column), and for what exceeds these limits; InputError if the file cannot be read.

    >>> sparql("ASK { ?s ?p ?o }")
    True
    """
    from kg.questions.sparql import answer_sparql

    asked = data or store or load_store()
    return answer_sparql(query, asked, allow_service=allow_service, timeout=timeout, data_format=data_format)


@overload
def why(
    subject: str,
    predicate: str,
    value: str,
    /,
    *,
    lang: str = "en",
    data: Path | None = None,
    data_format: str | None = None,
    timeout: float = 60.0,
    store: Store | None = None,
) -> Explanation: ...


@overload
def why(
    question: str,
    /,
    *,
    lang: str = "en",
    data: None = None,
    data_format: str | None = None,
    timeout: float = 60.0,
    store: Store | None = None,
    **arguments: object,
) -> Answer: ...


@overload
def why(
    *statement: str,
    lang: str = "en",
    data: Path | None = None,
    data_format: str | None = None,
    timeout: float = 60.0,
    store: Store | None = None,
    **arguments: object,
) -> Explanation | Answer: ...


@verb
def why(
    *statement: str,
    lang: str = "en",
    data: Path | None = None,
    data_format: str | None = None,
    timeout: float = 60.0,
    store: Store | None = None,
    **arguments: object,
) -> Explanation | Answer:
    """Return the explanation of a statement, or the answer to a money question with its working.

    A statement is an entity, a property and a value, each an IRI, a CURIE, an id or a name. Its explanation is a source
    and table row, or a derivation from asserted statements and axioms; for a statement that does not hold, it lists the
    nearest ones that do. `data` is an RDF file (in a `data_format`, as in sparql) to use instead of the package's own
    dataset. Of a file or a `store` this takes at most `timeout` seconds, and no table rows are known. A single word is
    the name of a stored question about money. Raises UsageError if a name is unknown or ambiguous, InputError if the
    file cannot be read or takes longer.

    >>> why("q-leap", "is:isAdministeredBy", "id:institution/mext").holds
    True
    """
    from kg import paths
    from kg.provenance.explain import explain, explain_file
    from kg.worker import FORKS, Limits, call

    if len(statement) == 1 and data is None:
        return query(statement[0], lang=lang, store=store, **arguments)
    if len(statement) != len(_STATEMENT) or arguments:
        said = " ".join([*statement, *(f"--{name}" for name in arguments)]) or "no statement given"
        raise UsageError(
            f"{said}: give an entity, a property and a value (quote names of several words), or the name of a money "
            "question\ntry: kg why --help"
        )
    subject, predicate, value = statement
    if data:
        task = partial(explain_file, subject, predicate, value, data, data_format)
        return call(task, Limits(timeout, hint=" (see --timeout)"), f"{data}: explaining it", InputError)
    if store is None:
        return explain(subject, predicate, value, load_store(), paths.FACTS)
    task = partial(explain, subject, predicate, value, held(store), None)  # of strangers, and not to be sent elsewhere
    return call(task, Limits(timeout, hint=" (see --timeout)"), "explaining it", InputError) if FORKS else task()
