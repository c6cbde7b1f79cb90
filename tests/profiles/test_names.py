"""Every name of every entity is understood, in both languages, as what people mean by it."""

from __future__ import annotations

import pytest

from kg import terms
from kg.errors import UsageError
from kg.language.find import search
from kg.questions.bearers import bearers, known_names
from kg.questions.resolve import find_thing
from kg.questions.standing import classes_of, standing
from kg.stores.embedded import EmbeddedStore
from tests.conftest import DOCUMENT, cited


def local(iri: str) -> str:
    return iri.removeprefix(terms.ID)


def test_every_name_and_id_is_understood(store: EmbeddedStore) -> None:
    """By an id that only one has it is found; by a name one of its bearers, and none of the others is meant before it."""
    known = known_names(None, store)
    classes = classes_of(known.things, store)
    of: dict[str, set[str]] = {}
    for iri, name in known.names:
        of.setdefault(name, set()).add(iri)
    for iri in known.things:
        of.setdefault(terms.local_name(iri), set()).add(iri)
    wrong = []
    for name, others in of.items():
        found = bearers(name, known, store)
        by_id = known.by_id.get(name, [])
        own = set(by_id) if len(by_id) == 1 else others
        places = [standing(classes.get(iri, ())) for iri in (*found, *own)]
        if not found or standing(classes.get(found[0], ())) > min(places):
            wrong.append((name, found))
    assert not wrong


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("総務省", "institution/mic"),
        ("内閣府", "institution/cabinet-office"),
        ("文部科学省", "institution/mext"),
        ("METI", "institution/meti"),
        ("MIC", "institution/mic"),
        ("mic", "institution/mic"),
        ("jurisdiction/mic", "jurisdiction/mic"),
        ("id:jurisdiction/mic", "jurisdiction/mic"),
        ("programme:q-leap", "programme/q-leap"),  # as in Turtle
        ("量子技術", "domain/quantum-technology"),  # a theme has this name too
        ("総額", "frame/whole"),  # its name, and another name of an account
        ("01sjwvz98", "institution/riken"),
        ("https://ror.org/01sjwvz98", "institution/riken"),
        ("http://www.wikidata.org/entity/Q1153275", "institution/riken"),
        ("「理研」", "institution/riken"),
        ("p. 7", f"page/{DOCUMENT}/page-7"),
        ("７ページ", f"page/{DOCUMENT}/page-7"),
        (cited(4, "279"), f"passage/{DOCUMENT}/279"),
        ("りけん", "institution/riken"),
        ("ﾘｹﾝ", "institution/riken"),
        ("Rikagaku Kenkyūjo", "institution/riken"),
        ("monkasho", "institution/mext"),
        ("ギガスクール", "programme/giga-school"),
        ("りょうしあんごう", "domain/quantum-cryptography"),
        ("量子コンピューター", "domain/quantum-computing"),
    ],
)
def test_a_name_is_what_people_mean_by_it(text: str, thing: str, store: EmbeddedStore) -> None:
    assert local(find_thing(text, None, store).value) == thing


@pytest.mark.parametrize(
    ("text", "cls", "thing"),
    [
        ("総務省", "is:Jurisdiction", "jurisdiction/mic"),
        ("jurisdiction/mic", "is:GovernmentBody", "institution/mic"),
        ("研究開発(予算)", "is:StrategyElement", "theme/ai-research"),  # the only panel of the theme
        ("p4-talent", "is:StrategyElement", "strategy-part/quantum-part-5-1"),
        ("quantum-inspired and near-quantum technology", "is:StrategyElement", "panel/p4-inspired"),  # one of several
        ("p7-education-giga-school", "is:FundedItem", "programme/giga-school"),
    ],
)
def test_what_stands_for_an_entity_is_accepted_in_its_place(
    text: str, cls: str, thing: str, store: EmbeddedStore
) -> None:
    assert local(find_thing(text, cls, store).value) == thing


def test_a_name_that_nothing_has_is_an_error(store: EmbeddedStore) -> None:
    for text in ("RIKAN", "", "、、", "https://example.org/"):
        with pytest.raises(UsageError):
            find_thing(text, None, store)


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    ("text", "thing", "why"),
    [
        ("RIKEN", "institution/riken", "name"),
        ("理研", "institution/riken", "other name"),
        ("りけん", "institution/riken", "reading"),
        ("rikagaku kenkyujo", "institution/riken", "reading"),
        ("rkien", "institution/riken", "typing error"),
        ("01sjwvz98", "institution/riken", "identifier"),
        ("総務省", "institution/mic", "name"),
        ("MIC", "institution/mic", "other name"),
        ("hub security", "hub/hub-quantum-security", "words"),
        ("advnced inteligence", "institution/aip", "typing error"),
        ("q-leap", "programme/q-leap", "other name"),
        ("GIGA", "programme/giga-school", "name"),
    ],
)
def test_the_best_hit_is_what_people_mean_and_says_why(text: str, thing: str, why: str, store: EmbeddedStore) -> None:
    first = next(iter(search(text, store)))
    assert (local(getattr(first["thing"], "value", "")), getattr(first["why"], "value", "")) == (thing, why)


@pytest.mark.slow("takes over a second")
def test_things_come_before_what_only_lists_them(store: EmbeddedStore) -> None:
    for text in ("RIKEN", "AI", "量子", "NICT", "quantum"):
        found = [terms.local_name(getattr(row["class"], "value", "")) for row in search(text, store, 1000)]
        behind = {"Listing", "Appropriation", "ListedAmount", "Role", "Mention", "Portion"}
        first = next(n for n, cls in enumerate(found) if cls in behind)
        assert not {"Programme", "ResearchInstitute", "TechnicalDomain", "Hub", "Strategy"} & set(found[first:])


@pytest.mark.slow("takes over a second")
def test_the_id_that_is_found_is_accepted(store: EmbeddedStore) -> None:
    known = known_names(None, store)
    for text in ("総務省", "量子", "part", "AI"):
        for row in search(text, store, 1000):
            assert bearers(getattr(row["id"], "value", ""), known, store) == [getattr(row["thing"], "value", "")]


def test_nothing_found_is_said_in_the_language(store: EmbeddedStore) -> None:
    answer = search("zzxxcc", store)
    assert not answer.rows
    assert "zzxxcc" in answer.sentence["en"]
    assert "ない" in answer.sentence["ja"]
