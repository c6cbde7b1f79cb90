"""An empty value, as an unset variable of a shell gives, and a negative number are refused, never passed over."""

from __future__ import annotations

import pytest

import kg
from kg.commands.shell.parser import command_names, parser_of_all, run
from kg.errors import UsageError


def options() -> list[tuple[str, str]]:
    """Return every option of every command that takes a value."""
    commands = next(a for a in parser_of_all()._actions if a.dest == "verb").choices
    assert commands is not None
    return [
        (verb, max(action.option_strings, key=len))
        for verb in command_names()
        for action in commands[verb]._actions  # type: ignore[index]
        if action.option_strings and action.nargs != 0
    ]


@pytest.mark.parametrize("form", ["{} ", "{}="])
def test_no_option_takes_an_empty_value(form: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert len(options()) > 60
    for verb, option in options():
        given = [option, ""] if form == "{} " else [f"{option}="]
        assert run([verb, *given, "--lang", "en"]) == 2, (verb, option)
        said = capfd.readouterr().err
        assert option in said, (verb, option)
        assert "expected one argument" in said, (verb, option, said)


@pytest.mark.parametrize("words", [["diff", ""], ["validate", ""], ["coverage", ""], ["release", ""], ["push", ""]])
def test_no_file_and_no_address_is_empty(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    assert capfd.readouterr().err.startswith("kg: ")


def test_a_parameter_of_a_question_is_not_empty(capfd: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["query", "funding", "--domain", ""],
        ["query", "funding", "--domain="],
        ["why", "funding", "--domain="],
    ):
        assert run([*words, "--lang", "en"]) == 2
        assert "--domain needs a value" in capfd.readouterr().err


@pytest.mark.parametrize(
    "words", [["find", "RIKEN", "--limit", "-1"], ["find", "RIKEN", "--limit=-7"], ["export", "--thing", "riken", "--depth=-1"]]
)  # fmt: skip
def test_a_negative_number_is_refused(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    assert "is negative; a number of" in capfd.readouterr().err
    assert run([*words, "--lang", "ja"]) == 2
    assert "は負の数。0以上で指定" in capfd.readouterr().err


def test_a_number_that_is_too_long_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "rank-ministries", "--top", "9" * 5000]) == 2
    assert "is not a whole number of up to 9 digits" in capfd.readouterr().err


def test_the_functions_refuse_what_the_commands_refuse() -> None:
    with pytest.raises(UsageError, match="is negative"):
        kg.find("RIKEN", limit=-1)
    with pytest.raises(UsageError, match="--domain needs a value"):
        kg.draw("matrix", "svg", domain="")
    with pytest.raises(UsageError, match="--domain needs a value"):
        kg.network(domain=" ")
    with pytest.raises(UsageError, match="unknown question ''"):
        kg.export(query="")
    with pytest.raises(UsageError, match="is empty; give one"):
        kg.connect("")


def test_an_empty_endpoint_in_the_environment_is_none(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_ENDPOINT", "")
    assert run(["find", "RIKEN", "--lang", "en"]) == 0
    assert run(["find", "RIKEN", "--endpoint", ""]) == 2


@pytest.mark.parametrize(
    "words", [["why", "funding", "--", "--lang", "en"], ["query", "funding", "--", "--format=csv"]]
)
def test_an_option_of_the_command_is_no_parameter(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    assert "is an option of the command: it stands before --" in capfd.readouterr().err
