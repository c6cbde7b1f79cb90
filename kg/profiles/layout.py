"""Set a profile on a terminal: one block a section, no longer than a screen, no wider than the terminal."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg import terms
from kg.money.interval import MINUS
from kg.paths import read_texts
from kg.profiles.blocks import GLUE, Block, allotted, set_block, wrap
from kg.profiles.facts import Fact
from kg.profiles.money import CHANGE
from kg.profiles.profile import PROFILE
from kg.questions.answer import Answer, text_of
from kg.questions.formats.sheet import cell
from kg.questions.formats.style import Style, plain
from kg.questions.terminal import columns_of
from kg.rdf.nodes import Term
from kg.terms import agreeing

_LINES = 30  # of a profile, unless all is asked for
_STATED = terms.ID + "evidence/stated"
_SILENT = frozenset({"OpenReading", "Note", "Measure"})  # kinds that the heading of their section names
_LONGEST = 220  # characters of one item of a profile


def profile_text(answer: Answer, language: str, style: Style) -> str:
    """Return the sentence and the sections of a profile; what is cut to fit a screen says how much there is more."""
    columns = style.columns
    bold, end = ("\x1b[1m", "\x1b[0m") if style.colour else ("", "")
    cut = answer.name == PROFILE and not style.wide
    head = wrap(plain(answer.sentence[language]), columns)
    foot = wrap(_foot(answer, language), columns) if cut else []
    blocks = list(_blocks(answer, language, style, short=answer.name == PROFILE))
    label = max((columns_of(block.head) for block in blocks), default=0)
    room = columns - label - 2
    if cut:
        bodies = allotted(blocks, room, _LINES - len(head) - len(foot) - 2, language)
    else:
        bodies = [set_block(block, room, language) for block in blocks]
    out = [f"{bold}{line}{end}" for line in head]
    out += [""] if bodies else []
    for block, body in zip(blocks, bodies, strict=True):
        for n, line in enumerate(body):
            name = block.head if n == 0 else ""
            out.append(
                f"{bold}{name}{end}{' ' * (label - columns_of(name))}  {line}" if name else f"{' ' * label}  {line}"
            )
    out += ["", *foot] if foot else []
    return "\n".join(line.rstrip() for line in out) + "\n"


def _blocks(answer: Answer, language: str, style: Style, *, short: bool) -> Iterator[Block]:
    """Yield the sections; what differs only in its source is one item with all sources."""
    sections: dict[str, dict[str, dict[tuple[str, tuple[str, ...]], dict[str, None]]]] = {}
    for row in answer.rows:
        fact = Fact(*row)  # type: ignore[arg-type]
        if short and _is_said_above(fact):
            continue
        group, item, notes, source = _spoken(fact, answer, language, style)
        groups = sections.setdefault(_code(fact.section), {})
        sources = groups.setdefault(group, {}).setdefault((_cut(item) if short else item, tuple(notes)), {})
        sources.update({source: None} if source else {})
    heads = read_texts("profiles")["columns"]["section"]["values"]
    for section, groups in sections.items():
        yield Block(
            section,
            heads[section][language],
            tuple((group, _noted_once(items, language)) for group, items in groups.items()),
        )


def _noted_once(items: dict[tuple[str, tuple[str, ...]], dict[str, None]], language: str) -> tuple[str, ...]:
    """Return the items of a group with their notes in brackets; notes that all items have stand after the last only."""
    texts = [item for item, _ in items]
    notes = [[*said, *sources] for (_, said), sources in items.items()]
    same = len(texts) > 1 and all(of == notes[0] for of in notes)
    return tuple(
        text if same and n < len(texts) - 1 else _noted(text, of, language)
        for n, (text, of) in enumerate(zip(texts, notes, strict=True))
    )


def _is_said_above(fact: Fact) -> bool:
    return _code(fact.section) == "about" and _code(fact.what) in {"kind", "description"}


def _code(term: Term | None) -> str:
    return term.value if isinstance(term, ox.Literal) else ""


def _spoken(fact: Fact, answer: Answer, language: str, style: Style) -> tuple[str, str, list[str], str]:
    """Return the group of a fact, the fact in words, what belongs in brackets (period, evidence), and its source."""
    columns = {column.name: column for column in answer.columns}
    texts = read_texts("profiles")["layout"]
    section, period = _code(fact.section), _period(fact, answer, language)
    what = "" if _local(fact.what) in _SILENT else cell(fact.what, columns["what"], answer, language, style)
    value = cell(fact.value, columns["value"], answer, language, style)
    if _code(fact.what) == "background":
        value = _cited(value)
    if section == "bearers":
        value = _local(fact.value)
    if section == "domains":
        return what, value, [], ""
    if section in {"money", "budget"}:
        what, period = texts["beside"][language].join(filter(None, (period, what))), ""
    if section == "budget":
        amount = cell(fact.lower, columns["lower"], answer, language, style)
        value = f"{value} {amount}" if _code(fact.what) != CHANGE else f"{_signed(amount)} ({_signed(value)})"
    notes = [period] if period else []
    if (isinstance(fact.evidence, ox.NamedNode) and fact.evidence.value != _STATED) or _is_word(fact.evidence):
        notes.append(cell(fact.evidence, columns["evidence"], answer, language, style))
    source = _cited(cell(fact.source, columns["source"], answer, language, style)) if fact.source != fact.value else ""
    return (what, value, notes, source) if value else (what, source, notes, "")


def _signed(amount: str) -> str:
    return amount if amount.startswith((MINUS, "0")) else f"+{amount}"


def _local(term: Term | None) -> str:
    return terms.local_name(term.value) if isinstance(term, ox.NamedNode) else ""


def _is_word(term: Term | None) -> bool:
    return isinstance(term, ox.Literal) and term.value != "inferred"


def _period(fact: Fact, answer: Answer, language: str) -> str:
    texts = read_texts("profiles")["layout"]
    section = _code(fact.section)
    if fact.year is None and fact.phase is None:
        return str(texts["undated"][language]) if section == "money" else ""
    year = texts["year"][language].format(year=text_of(fact.year, {}, language)) if fact.year else ""
    joined: str = texts["joined"][language]
    return joined.join(filter(None, (year, text_of(fact.phase, answer.labels, language))))


def _cited(source: str) -> str:
    """Return a citation in short: p4 l279; a web page by its address without scheme."""
    short = re.sub(r"\b(?:page (\d+), lines? |p(\d+) l(?=\d))", rf"p\1\2{GLUE}l", source)
    return re.sub(r"^https?://(?:www\.)?([^/?#]+).*$", r"\1", short)


def _noted(item: str, notes: list[str], language: str) -> str:
    texts = read_texts("profiles")["layout"]
    kept: list[str] = []
    page = ""
    for note in dict.fromkeys(filter(None, notes)):
        found = re.match(r"(.*\bp\d+\x7f|.*?\d+頁)(?=.)", note)
        kept.append(note[len(page) :] if found and found[0] == page else note)
        page = found[0] if found else ""
    return item + texts["note"][language].format(text=texts["beside"][language].join(kept)) if kept else item


def _cut(item: str) -> str:
    return item if len(item) <= _LONGEST else item[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _foot(answer: Answer, language: str) -> str:
    name = _local(answer.arguments["thing"])
    text: str = read_texts("profiles")["layout"]["all"][language]
    return agreeing(text, 1).format(id=name)
