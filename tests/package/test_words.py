"""No text of the project uses a phrase that a native writer would not; the list grows with every one that is found."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

# what is not said (a regular expression) and what to say instead
PHRASES = {
    r"\b(?:is|are|was|were) called so\b": "nothing has that name",
    r"\bours\b": "the dataset's own",
    r"\bcite it so\b": "To cite this dataset:",
    r"\bbroke off\b": "was interrupted",
    r"\bfound out\b": "detected",
    r"\bslip of the keys\b": "typing error",
    r"\bunderstood as:": "Question: …, Same as: kg query …",
    r"\bgrowth first\b": "the largest cut is …",
    r"\b1 (?:\w+ )?amounts\b|\bamounts also serves\b|\balso serve others\b": "1 amount also serves other domains",
    r"\bno upper bound \(what\b|\bwhat is determined\b": "no amount is certain; at most …",
    r"\bcounts? in full\b": "yes (in the column Counts), the whole amount",
    r"^#+ (?:Hand over|See)$": "Export, Pictures",
    r"\bno nothing\b|\bso many\b|\btold whole\b|\bis told\b": "say what the function does",
    r"\btold\b|\btells?\b(?!\(|=)": "says, shows, reports, distinguishes",
    r"\b[Tt]hings?\b(?!\(|=|:)": "entity, or the name of its class",
    r"\b(?:is|are|be|asked|written|named|read|stands?|spelt) so\b(?! that)": "say how",
    r"\bJPY \{?-?[\d.,]+\}? bn\b": "¥27.9 bn",
    r"[Nn]o \w+ is called\b": "unknown name 'RIKAN'; did you mean 'RIKEN'?",
    r"\bnobody (?:cites|carries)\b": "no fact cites",
    r"\bhand(?:s|ed)? over\b": "pass, export",
    r"(?:です|ます|ません|でした|ました|ください|でしょう)(?=[。、（）」\s\"'?？<]|$)": "である style",
}
# words that are names here: options, keys, variables and file names, not prose
NAMES = re.compile(
    r"`[^`]*`|\?things?\b|\$things?\b|--things?\b|\{things?\}|\bthings?\.(?:html|csv)\b|thing\.[a-z]+|[{$][\w.]*"
    r"|\"things?\"|'things?'|\bthings?/|\bThing\b(?=\()|owl:Thing|\bThing Nothing\b|schema:Thing|\bthings?_\w+|\w+_things?\b|\w+-things?\b|: thing,|^thing = |\bours:"
)
WORD_LIST = re.compile(
    r"""^(?:ignored = \"{3}.*?\"{3}|(?:en|ja) = '{3}.*?'{3})""", re.DOTALL | re.MULTILINE
)  # common words of questions, as data
FILES = [
    *sorted((ROOT / "kg").rglob("*.py")),
    *(
        p
        for p in sorted((ROOT / "kg").rglob("*"))
        if p.suffix in {".html", ".json", ".js", ".toml"} and "facts" not in p.parts
    ),
    *sorted((ROOT / "queries").glob("*.rq")),
    *sorted(p for p in (ROOT / "queries").glob("*") if p.suffix in {".md", ".json"}),
    *sorted((ROOT / "shapes").rglob("*.ttl")),
    *sorted((ROOT / "ontology").rglob("*.ttl")),
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that people read, with their numbers: of code its comments and texts, of other files all."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            is_word = re.fullmatch(r"[rbf]*(['\"])[\w./:-]*\1", token.string)
            if token.type in {tokenize.COMMENT, tokenize.STRING} and not is_word:
                is_formatted = re.match(r"[rb]*f", token.string)
                said = re.sub(r"\{[^{}\n]*\}", "{}", token.string) if is_formatted else token.string
                yield from enumerate(said.splitlines(), start=token.start[0])
        return
    text = WORD_LIST.sub(lambda m: "\n" * m.group().count("\n"), text)
    for number, line in enumerate(text.splitlines(), start=1):
        if path.suffix == ".rq" and (not line.startswith("#") or line.startswith('#+   - "')):
            continue  # the query itself, and what people may ask, in their own words
        if path.suffix in {".ttl", ".js"}:
            yield number, " ".join(re.findall(r'"[^"]*"|`[^`]*`|(?:^|\s)(?:#|//).*', line))
        else:
            yield number, re.sub(r"<[^>]*>|\{[{%].*?[%}]\}", " ", line) if path.suffix == ".html" else line


def found_in(line: str) -> list[str]:
    plain = NAMES.sub(" ", line)
    return [f"{m.group()!r}: say {better}" for said, better in PHRASES.items() if (m := re.search(said, plain))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_uses_a_phrase_that_nobody_would_say(path: Path) -> None:
    wrong = [f"{path.relative_to(ROOT)}:{n}: {why}" for n, line in prose(path) for why in found_in(line)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "line",
    [
        "no thing is called so",
        "holds no graph of ours",
        "please cite it so",
        "what broke off is completed by the next push",
        "where it takes updates (default: found out)",
        "Five gates keep a slip of the keys out",
        "understood as: kg query funding",
        "17 jurisdictions, the largest growth first",
        "1 printed amounts also serve others",
        "at least JPY 0 bn, no upper bound (what is determined is at most JPY 3 bn)",
        "counts in full",
        "## Hand over",
        "so many names are told whole",
        "`tell` is told what is under way",
        "forms for graphs know no nothing",
        "事業が見つかりません。",
    ],
)
def test_the_phrases_are_recognised(line: str) -> None:
    assert found_in(line)


def test_everything_that_people_read_is_looked_at() -> None:
    read = {path.name for path in FILES}
    assert {
        "README.md",
        "CHANGELOG.md",
        "push.py",
        "words.json",
        "texts.toml",
        "thing.html",
        "funding.rq",
        "money.ttl",
    } <= read
