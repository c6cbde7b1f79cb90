"""What the command line says, in Japanese: help and messages, as far as `japanese.toml` has them."""

import argparse
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

_JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


@lru_cache(maxsize=1)
def texts() -> dict[str, Any]:
    """Return the texts from English to Japanese: `words` of the parser, `kinds` of entities, `help` and `errors`."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def is_japanese(argv: Sequence[str], terminal: str) -> bool:
    """Return whether a call wants Japanese: by --lang, by its question, or by the language of the terminal."""
    for word, following in zip(argv, [*argv[1:], ""], strict=True):
        if word == "--lang" or word.startswith("--lang="):
            return (following if word == "--lang" else word.partition("=")[2]) == "ja"
    asked = argv[:1] == ["ask"] and any(_JAPANESE.search(word) for word in argv)
    return asked or terminal == "ja"


def translate_help(parser: argparse.ArgumentParser) -> None:
    """Put the help of a parser and of its commands into Japanese."""
    words: dict[str, str] = texts()["words"]
    known: dict[str, str] = texts()["help"]
    parser.formatter_class = _Formatter
    parser.description = "\n".join(
        words.get(line) or known.get(line) or line for line in (parser.description or "").split("\n")
    )
    for group in parser._action_groups:
        group.title = words.get(group.title or "") or known.get(group.title or "", group.title)
    for action in parser._actions:
        action.help = known.get(action.help or "", action.help)
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                choice.help = known.get(choice.help or "", choice.help)
            for command in action.choices.values():
                translate_help(command)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def _split_lines(self, text: str, width: int) -> list[str]:
        """Break a help by the columns of a terminal, of which a Japanese character takes two."""
        from kg.questions.terminal import wrap_columns

        return wrap_columns(text, width)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin with the Japanese word for usage."""
        super().add_usage(usage, actions, groups, prefix or texts()["words"]["usage: "])


def in_japanese(message: str) -> str:
    """Return a message in Japanese; lines and parts that are not known stay as they are.

    >>> in_japanese("unknown question 'fundin'; did you mean 'funding'?")
    '「fundin」という質問はない。もしかして：「funding」'
    """
    return "\n".join(_line(line) for line in message.split("\n"))


def _line(line: str) -> str:
    if option := re.match(r"(--[\w-]+): (.+)", line):
        return f"{option[1]}：{_line(option[2])}"
    if (whole := _known(line)) is not None:
        return whole
    parts = line.split("; ")
    said = [_known(part) for part in parts]
    if not any(said):
        return line
    return "。".join(part if found is None else found for part, found in zip(parts, said, strict=True))


def _known(text: str) -> str | None:
    for pattern, said in _patterns():
        if match := pattern.fullmatch(text):
            values = match.groupdict()
            if "kind" in values:
                values["kind"] = texts()["kinds"].get(values["kind"], values["kind"])
            if "names" in values:
                values["names"] = re.sub(r"'([^']*)'", r"「\1」", values["names"]).replace(", ", "、")
            return said.format(**values)
    return None


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return the messages as patterns, the longest first: `{name}` stands for any text without a semicolon."""
    found = []
    for english, japanese in sorted(texts()["errors"].items(), key=lambda pair: -len(pair[0])):
        pieces = re.split(r"\{(\w+)\}", english)
        quoted = [re.escape(piece).replace("'", "['\"]") for piece in pieces]
        pattern = "".join(piece if n % 2 == 0 else f"(?P<{pieces[n]}>[^;]+?)" for n, piece in enumerate(quoted))
        found.append((re.compile(pattern), japanese))
    return found
