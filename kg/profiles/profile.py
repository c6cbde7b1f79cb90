"""The profile of an entity: what it is, its money, roles, domains and parts, where it is printed, what is open."""

from dataclasses import replace

import pyoxigraph as ox

from kg.paths import read_texts
from kg.profiles.facts import Fact, plain_facts
from kg.profiles.money import budget_facts, money_facts, printed_lines
from kg.profiles.statements import statements_about
from kg.questions.answer import ROW, Answer, columns_from, labels_of, text_of
from kg.questions.resolve import find_things
from kg.questions.standing import classes_of
from kg.rdf.nodes import Term, integer
from kg.stores.embedded import Store
from kg.terms import Text

PROFILE, STATEMENTS = "profile", "statements"
_SHOWN = replace(ROW, shown=("section", "value", "source"))  # first, where a table has no room for all columns


def show(text: str, store: Store, language: str = "en", *, everything: bool = False) -> Answer:
    """Return the profile of the entity that `text` names, or with `everything` all statements about it, grouped.

    A name that several entities bear, none of them before the others, gives a list of them. Amounts are in yen. Raises
    UsageError if the name is unknown.
    """
    found = find_things(text, None, store)
    if len(found) > 1:
        return _bearers(text, found, store)
    return profile_of(found[0], store, language, everything=everything)


def profile_of(thing: ox.NamedNode, store: Store, language: str = "en", *, everything: bool = False) -> Answer:
    """Return the profile of an entity, or all statements about it, as `show` does."""
    facts = [] if everything else _facts(thing, store, language)
    facts = facts or statements_about(thing, store, language)
    labels = labels_of(store, [*facts, (thing,)])
    order = list(read_texts("profiles")["columns"]["section"]["values"])
    facts.sort(key=lambda fact: order.index(_word(fact.section)))
    sentence = {spoken: _sentence(thing, facts, labels, spoken) for spoken in ("en", "ja")}
    return _answer(STATEMENTS if everything else PROFILE, {"thing": thing}, facts, sentence, labels)


def _facts(thing: ox.NamedNode, store: Store, language: str) -> list[Fact]:
    """Return the rows of a profile; none for an entity of which all is inferred, such as a funding link."""
    return [
        *plain_facts(thing, store, language),
        *money_facts(thing, store, language),
        *budget_facts(thing, store, language),
        *printed_lines(thing, store),
    ]


def _answer(
    name: str, arguments: dict[str, Term], facts: list[Fact], sentence: Text, labels: dict[tuple[str, str], str]
) -> Answer:
    columns = columns_from(read_texts("profiles")["columns"])
    rows = tuple(tuple(fact) for fact in facts)
    return Answer(name, arguments, columns, rows, sentence, labels=labels, outline=_SHOWN)


def _sentence(thing: ox.NamedNode, facts: list[Fact], labels: dict[tuple[str, str], str], language: str) -> str:
    """Return the names, the kinds and the description of an entity in one line."""
    texts = read_texts("profiles")["sentence"]
    about = [fact for fact in facts if _word(fact.section) == "about"]
    kinds = [text_of(fact.value, labels, language) for fact in about if _word(fact.what) == "kind"]
    described = [fact.value for fact in about if _word(fact.what) == "description"]
    name = text_of(thing, labels, language)
    other = text_of(thing, labels, "ja" if language == "en" else "en")
    named = name if name == other else texts["names"][language].format(name=name, other=other)
    said: str = texts["kind"][language].format(name=named, kinds=texts["and"][language].join(dict.fromkeys(kinds)))
    if not kinds:
        said = named
    spoken = [text for text in described if isinstance(text, ox.Literal) and text.language in {language, ""}]
    return said + (texts["described"][language].format(text=spoken[0].value) if spoken else "")


def _bearers(text: str, found: list[ox.NamedNode], store: Store) -> Answer:
    """Return the list of the entities that bear one name."""
    classes = classes_of([thing.value for thing in found], store)
    kinds = {iri: [ox.NamedNode(c) for c in of] for iri, of in classes.items()}
    facts = [
        Fact(ox.Literal("bearers"), next(iter(kinds.get(thing.value, ())), None), thing, source=source)
        for thing in found
        for source in _sources(thing, store)
    ]
    texts = read_texts("profiles")["sentence"]["bearers"]
    sentence = {spoken: said.format(text=text, count=len(found)) for spoken, said in texts.items()}
    labels = labels_of(store, facts)
    return _answer("bearers", {"count": integer(len(found))}, facts, sentence, labels)


def _sources(thing: ox.NamedNode, store: Store) -> list[Term | None]:
    facts = plain_facts(thing, store, "en")
    first = next((f.source for f in facts if _word(f.what) == "printed" and f.source is not None), None)
    return [first]


def _word(term: Term | None) -> str:
    return term.value if isinstance(term, ox.Literal) else ""
