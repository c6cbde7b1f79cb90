"""The library has the verbs of the command line: same names, same parameters, same words for a wrong call."""

from __future__ import annotations

import argparse
import inspect
import threading
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

import pytest

import kg
from kg.assembly import shipped
from kg.commands.shell.parser import command_names, load, parser_of_all, run
from kg.funding.scope import Scope
from kg.library import opened
from kg.questions.refine import Refinement

# What a command does with the answer of the function: where it goes, how it looks, what the exit code says.
SHOWING = {
    "output",
    "fail_if_empty",
    "fail_if_different",
    "help",
    "all",
    "list",
    "unit",
    "wide",
    "notes",
    "with_notes",
    "bom",
}
CONTENT = {
    "show": {"all"},
    "export": {"bom"},
}  # what decides the answer itself, though it is called like an option of the showing
FORMATS_OF_ANSWERS = {
    "ask",
    "coverage",
    "diff",
    "find",
    "network",
    "push",
    "query",
    "show",
    "sparql",
    "validate",
    "why",
}
LANGUAGE_OF_ANSWERS = {"find", "network", "sparql", "validate"}  # these answers carry both languages
NO_FUNCTION = {"completion"}  # a script for the shell
VERBS = sorted(set(command_names()) - NO_FUNCTION)


def options(verb: str) -> set[str]:
    """What a command takes, without what only concerns the showing; --endpoint and --timeout make the store (for sparql and why, the time also limits a file)."""
    actions = next(a for a in parser_of_all()._actions if isinstance(a, argparse._SubParsersAction))
    taken = {action.dest for action in actions.choices[verb]._actions} - (SHOWING - CONTENT.get(verb, set()))
    if {"endpoint", "timeout"} <= taken and verb != "push":
        taken = taken - ({"endpoint"} if verb in {"sparql", "why"} else {"endpoint", "timeout"}) | {"store"}
    taken -= {"format"} if verb in FORMATS_OF_ANSWERS else set()
    return taken - ({"lang"} if verb in LANGUAGE_OF_ANSWERS else set())


def parameters(verb: str) -> set[str]:
    known = inspect.signature(getattr(kg, verb)).parameters.values()
    named = {p.name for p in known if p.kind is not p.VAR_KEYWORD}
    if any(p.name == "scope" for p in known):
        named |= {f.name for f in fields(Scope)} - (
            {"rows", "columns", "size"} if verb in {"network", "export"} else set()
        )
    if verb in {"ask", "query"}:
        named |= {f.name for f in fields(Refinement)}
    return named


def test_there_is_a_function_for_every_command() -> None:
    assert set(VERBS) <= set(kg.__all__)
    assert len(VERBS) == 15


@pytest.mark.parametrize("verb", VERBS)
def test_a_function_takes_what_its_command_takes(verb: str) -> None:
    assert parameters(verb) - {"tell"} - options(verb) <= {"store"}
    assert options(verb) - parameters(verb) == set()


@pytest.mark.parametrize("verb", [v for v in VERBS if "store" in options(v)])
def test_a_command_that_asks_a_remote_store_has_a_function_that_takes_one(verb: str) -> None:
    assert "store" in parameters(verb)


@pytest.mark.parametrize("verb", VERBS)
def test_the_rest_of_the_options_are_those_of_a_stored_question(verb: str) -> None:
    open_ended = any(p.kind is p.VAR_KEYWORD for p in inspect.signature(getattr(kg, verb)).parameters.values())
    actions = next(a for a in parser_of_all()._actions if isinstance(a, argparse._SubParsersAction))
    takes_rest = bool(actions.choices[verb].get_default("open_ended"))
    assert takes_rest <= open_ended


WRONG: list[tuple[Callable[[], Any], list[str]]] = [
    (lambda: kg.export("xyz"), ["export", "-f", "xyz"]),
    (lambda: kg.export("ttl", foo=1), ["export", "--foo", "1"]),
    (lambda: kg.export("ttl", things=["RIKAN"]), ["export", "--thing", "RIKAN"]),
    (lambda: kg.export("ttl", graph="comon"), ["export", "--graph", "comon"]),
    (lambda: kg.export("ttl", lang="de"), ["export", "--lang", "de"]),
    (lambda: kg.export("ttl", query="fundin"), ["export", "--query", "fundin"]),
    (lambda: kg.draw("matrx"), ["draw", "matrx"]),
    (lambda: kg.draw("matrix", "gif"), ["draw", "matrix", "--format", "gif"]),
    (lambda: kg.draw("matrix", domian="ai"), ["draw", "matrix", "--domian", "ai"]),
    (lambda: kg.draw("ontology", domain="ai"), ["draw", "ontology", "--domain", "ai"]),
    (lambda: kg.query("fundin"), ["query", "fundin"]),
    (lambda: kg.query("funding", domian="ai"), ["query", "funding", "--domian", "ai"]),
    (lambda: kg.query("funding", lang="de"), ["query", "funding", "--lang", "de"]),
    (lambda: kg.show("RIKAN"), ["show", "RIKAN"]),
    (lambda: kg.find(""), ["find", ""]),
    (lambda: kg.find("RIKEN", limt=3), ["find", "RIKEN", "--limt", "3"]),  # type: ignore[call-arg]
    (lambda: kg.find("RIKEN", limit=cast("int", "x")), ["find", "RIKEN", "--limit", "x"]),
    (lambda: kg.export("ttl", depth=cast("int", "x")), ["export", "--depth", "x"]),
    (lambda: kg.push("http://127.0.0.1:9", timeout=-1), ["push", "http://127.0.0.1:9", "--timeout", "-1"]),
    (
        lambda: kg.push("http://127.0.0.1:9", timeout=cast("float", "x")),
        ["push", "http://127.0.0.1:9", "--timeout", "x"],
    ),
    (lambda: kg.network("sharin"), ["network", "sharin"]),
    (lambda: kg.network(phse="initial"), ["network", "--phse", "initial"]),
    (lambda: kg.why("q-leap"), ["why", "q-leap"]),
    (lambda: kg.why("q-leap", "is administered by"), ["why", "q-leap", "is administered by"]),
    (lambda: kg.validate(Path("no-such-file.ttl")), ["validate", "no-such-file.ttl"]),
    (lambda: kg.validate(engine="fast"), ["validate", "--engine", "fast"]),
    (lambda: kg.push("http://127.0.0.1:9", by="mail"), ["push", "http://127.0.0.1:9", "--by", "mail"]),  # type: ignore[arg-type]
    (cast("Callable[[], Any]", kg.push), ["push"]),
    (lambda: kg.connect("ftp://a/b"), ["find", "RIKEN", "--endpoint", "ftp://a/b"]),
    (lambda: kg.coverage(Path("no-such-file.txt")), ["coverage", "no-such-file.txt"]),
    (lambda: kg.diff(Path("no-such-file.ttl")), ["diff", "no-such-file.ttl"]),
    (lambda: kg.build(Path("no-such-folder")), ["build", "--facts", "no-such-folder", "-o", "no-such-file.trig"]),
]


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(("call", "argv"), WRONG, ids=[" ".join(argv) for _, argv in WRONG])
def test_a_wrong_call_is_refused_in_the_words_of_the_command(
    call: Callable[[], Any], argv: list[str], capsys: pytest.CaptureFixture[str], no_credentials: None
) -> None:
    with pytest.raises(kg.KgError) as error:
        call()
    assert run(argv) == error.value.exit_code
    assert capsys.readouterr().err.strip() == f"kg: {error.value}"


@pytest.mark.slow("exports several times")
def test_export_takes_things_by_name() -> None:
    assert kg.export("ttl", things=["RIKEN"]) == kg.export("ttl", things="riken")
    assert "riken" in str(kg.export("ttl", things=["理化学研究所"], depth=0))


def test_every_command_loads() -> None:
    for verb in command_names():
        assert load(verb).SUMMARY


def test_a_built_file_that_is_damaged_is_no_traceback_of_the_thread_that_loads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[object] = []
    monkeypatch.setattr(threading, "excepthook", said.append)
    monkeypatch.setattr(opened, "_shipped", opened._Dataset())
    monkeypatch.setattr(shipped, "nquads", lambda: b"damaged")
    before = set(threading.enumerate())
    opened.load_ahead()
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert said == []
    with pytest.raises(SyntaxError):
        opened.load_store()
