"""Credentials are checked before anything is sent, and nothing that a store or a message repeats shows them."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from kg.commands.shell.parser import run
from kg.errors import RemoteError
from kg.stores.remote import RemoteStore
from tests.stores.fake_store import ROWS, Handler, Reply, served

pytestmark = pytest.mark.usefixtures("no_credentials")
TOKEN = "abc/s3cret+Token=="
BASIC = base64.b64encode(b"me:s3cret pass/word").decode()


def echo(handler: Handler) -> str:
    return handler.seen[-1][2].get("authorization", "")


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"KG_TOKEN": "s3cret\n"}, "KG_TOKEN: character 7 of 7 is a line end; a token is ASCII without blanks"),
        ({"KG_TOKEN": "s3cret\r\nHost: x"}, "KG_TOKEN: character 7 of 15 is a line end"),
        ({"KG_TOKEN": "s3 cret"}, "KG_TOKEN: character 3 of 7 is a blank"),
        ({"KG_TOKEN": "s3cret\x1b"}, "KG_TOKEN: character 7 of 7 is a control character"),
        ({"KG_TOKEN": "秘s3cret"}, "KG_TOKEN: character 1 of 7 is not ASCII"),
        ({"KG_TOKEN": "s3cret\udcff"}, "KG_TOKEN: character 7 of 7 is not ASCII"),
        ({"KG_USER": "me\n", "KG_PASSWORD": "s3cret"}, "KG_USER: contains a line end"),
        ({"KG_USER": "me:s3cret", "KG_PASSWORD": "s3cret"}, "KG_USER: contains a colon"),
        ({"KG_USER": "me", "KG_PASSWORD": "s3cret\n"}, "KG_PASSWORD: contains a line end"),
        ({"KG_USER": "me", "KG_PASSWORD": "s3cret\udcff"}, "KG_PASSWORD: contains a line end or another control"),
        ({"KG_PASSWORD": "s3cret"}, "KG_PASSWORD is set and KG_USER is not"),
    ],
    ids=str,
)
def test_credentials_that_no_header_can_hold_are_refused_unseen(
    variables: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with served(lambda h: h.answer(500)) as (endpoint, handler):
        assert run(["find", "RIKEN", "--endpoint", endpoint]) == 2
        assert handler.seen == []
    out, err = capsys.readouterr()
    assert err.startswith(f"kg: {said}")
    assert err.count("\n") == 1
    assert "s3cret" not in out + err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"machine 127.0.0.1 login me password \xe9s3cret\n", "it is not UTF-8"),
        (b"machine 127.0.0.1 login me password my s3cret\n", "netrc: cannot be read: bad follower token"),
        (b"s3cret\n", "netrc: cannot be read: bad toplevel token"),
    ],
)
def test_a_netrc_with_a_fault_is_said_without_its_words(
    content: bytes, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_bytes(content)
    monkeypatch.setenv("NETRC", str(netrc))
    assert run(["find", "RIKEN", "--endpoint", "http://127.0.0.1:1/query"]) == 3
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert "s3cret" not in err


def as_rows(text: str) -> bytes:
    cell = json.dumps(text).replace("/", "\\/")
    return (
        f'{{"head":{{"vars":["x"]}},"results":{{"bindings":[{{"x":{{"type":"literal","value":{cell}}}}}]}}}}'.encode()
    )


ECHOES: dict[str, Reply] = {
    "500": lambda h: h.answer(500, f"you sent {echo(h)}".encode()),
    "400": lambda h: h.answer(400, f"you sent {echo(h)}".encode()),
    "html": lambda h: h.answer(500, f"<b>{echo(h).replace('=', '&#61;')}</b>".encode(), "text/html"),
    "json": lambda h: h.answer(500, json.dumps({"a": echo(h)}).replace("/", "\\/").encode(), "application/json"),
    "location": lambda h: h.answer(302, Location=f"http://x/?{echo(h)}"),
    "decoded": lambda h: h.answer(500, base64.b64decode(echo(h).partition(" ")[2] + "==")),
    "media": lambda h: h.answer(200, b"", media=f"x/{echo(h)}"),
    "state": lambda h: h.answer(200, b"", ROWS, X_SQL_State="S1TAT", X_SQL_Message=echo(h)),
    "rows": lambda h: h.answer(200, as_rows(echo(h)), ROWS),
    "triples": lambda h: h.answer(200, f'<a:a> <a:b> "{echo(h)}" .'.encode(), "text/turtle"),
    "malformed": lambda h: h.answer(200, f'<a:a> <a:b> {echo(h)} "'.encode(), "text/turtle"),
    "status": lambda h: h.wfile.flush() if h.wfile.write(f"{echo(h)}\r\n\r\n".encode()) else None,
}


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("kind", sorted(ECHOES))
@pytest.mark.parametrize(
    "variables", [{"KG_TOKEN": TOKEN}, {"KG_USER": "me", "KG_PASSWORD": "s3cret pass/word"}], ids=len
)
def test_what_a_store_repeats_of_the_credentials_is_not_shown(
    kind: str, variables: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with served(ECHOES[kind]) as (endpoint, handler):
        with pytest.raises(ValueError, match=r".") as error:
            RemoteStore(endpoint).ask("SELECT ?x { ?x ?y ?z }")
        assert echo(handler)  # type: ignore[arg-type]
        assert run(["push", endpoint]) in {2, 4}
    told = [str(error.value), repr(error.value), *capsys.readouterr()]
    for secret in (TOKEN, BASIC, "s3cret", TOKEN.replace("/", "\\/"), BASIC.replace("/", "\\/")):
        assert not any(secret in text for text in told), (secret, told)


def test_a_wrong_token_is_said_in_japanese(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KG_TOKEN", "s3cret\n")
    assert run(["find", "RIKEN", "--endpoint", "http://127.0.0.1:1/query", "--lang", "ja"]) == 2
    said = "kg: KG_TOKEN：7文字中7文字目が改行。トークンは空白のない ASCII 文字列\n"
    assert capsys.readouterr().err == said


def test_an_answer_that_repeats_the_credentials_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TOKEN", TOKEN)
    with (
        served(ECHOES["rows"]) as (endpoint, _),
        pytest.raises(RemoteError, match="the answer repeats the credentials of the request; it is not shown"),
    ):
        RemoteStore(endpoint).ask("SELECT ?x { ?x ?y ?z }")


@pytest.mark.parametrize(
    "address",
    [
        "http://me:s3cret@127.0.0.1:1/query",
        "http://me:s3cret/@127.0.0.1:1/query",
        "ftp://me:s3cret@127.0.0.1/query",
        "me:s3cret@127.0.0.1/query",
        "http:/me:s3cret@127.0.0.1/query",
        "http://[me:s3cret@127.0.0.1/query",
        "http://127.0.0.1:1/query?apikey=s3cret",
        "http://127.0.0.1:s3cret@x/query",
        "http://me:1/s3cret@127.0.0.1/query",
    ],
)
def test_no_message_shows_what_is_secret_in_an_address(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["find", "RIKEN", "--endpoint", address],
        ["push", address],
        ["push", "http://127.0.0.1:1/query", "--update", address],
        ["push", "http://127.0.0.1:1/query", "--graph-store", address],
    ):
        assert run([*words, "--timeout", "2"]) in {2, 4}
        assert "s3cret" not in "".join(capsys.readouterr()), words


def test_an_address_in_the_wrong_place_is_repeated_without_its_password(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "RIKEN", "http://me:s3cret@host/query"]) == 2
    assert "http://***@host/query" in capsys.readouterr().err
