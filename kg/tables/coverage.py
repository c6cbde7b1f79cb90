"""Compare the source text with the facts: lines cited, numbers recorded, printed forms present."""

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from kg import terms
from kg.characters import lines as lines_of
from kg.errors import InputError, UsageError, did_you_mean
from kg.files.read import read_text
from kg.printable import escaped, visible

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_OKU = 10**8
_YEN = frozenset(terms.IS + name for name in ("amount", "change", "yenEquivalent", "roundingUnit"))
_PRINTED = tuple(
    terms.IS + name for name in ("printedForm", "printedNumber", "printedValue", "printedAmount", "incompletenessMark")
)
_FURNITURE = terms.IS + "Furniture"
_PAGE_OF = terms.IS + "isPageOf"
_CHECKSUM = terms.IS + "textChecksum"


@dataclass(frozen=True)
class LineCoverage:
    """One line of the source: the facts that cite it, and the numbers in it that none of them contains."""

    number: int
    text: str
    facts: tuple[str, ...]
    furniture: str | None
    orphans: tuple[str, ...]

    @property
    def uncited(self) -> bool:
        """Whether the line has words, but no fact and no reason for having none."""
        return bool(self.text.strip()) and not self.facts and self.furniture is None


@dataclass(frozen=True)
class Unsupported:
    """A printed form that does not occur in the lines that its fact cites."""

    subject: str
    property: str
    value: str
    lines: str


@dataclass(frozen=True)
class Coverage:
    """The result of the comparison, line by line and fact by fact.

    `checksums` are the SHA-256 of the text and that of the text that the facts were read from (None: not stated).
    """

    lines: tuple[LineCoverage, ...]
    unsupported: tuple[Unsupported, ...]
    checksums: tuple[str, str | None]

    @property
    def same_text(self) -> bool:
        """Whether the text is the one that the facts were read from."""
        return self.checksums[0] == self.checksums[1]

    @property
    def complete(self) -> bool:
        """Whether every line is accounted for, every number recorded, every printed form found where cited."""
        return not self.unsupported and not any(line.uncited or line.orphans for line in self.lines)


def numbers(text: str) -> list[str]:
    """Return the numbers in a text in plain form: NFKC, no thousands separators, no trailing zeros.

    >>> numbers("１,008億円の内数(85.0％)")
    ['1008', '85']
    """
    found = _NUMBER.findall(unicodedata.normalize("NFKC", text))
    return [format(Decimal(n.replace(",", "")).normalize(), "f") for n in found]


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def find_document(source: str, quads: Iterable[ox.Quad], wanted: str | None = None) -> str:
    """Return the id of the document whose text this is: the wanted one, the only one, or the one with its checksum.

    Raises UsageError if the wanted document has no pages, or the text belongs to none of several documents.
    """
    checksums: dict[str, str] = {}
    for quad in quads:
        if quad.predicate.value == _PAGE_OF and isinstance(quad.object, ox.NamedNode):
            checksums.setdefault(terms.local_name(quad.object.value), "")
        elif quad.predicate.value == _CHECKSUM and isinstance(quad.subject, ox.NamedNode):
            checksums[terms.local_name(quad.subject.value)] = str(quad.object.value)  # type: ignore[union-attr]
    known = sorted(checksums)
    if wanted is not None and wanted not in checksums:
        raise UsageError(f"--document: {wanted}: no such document; {did_you_mean(wanted, known) or ', '.join(known)}")
    own = [wanted] if wanted else [d for d in known if len(known) == 1 or checksums[d] == _digest(source)]
    if len(own) != 1:
        raise UsageError(f"this is not the text of {' or '.join(known)}; name the document with --document")
    return own[0]


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def compare_with_source(source: str, quads: Iterable[ox.Quad], document: str) -> Coverage:
    """Return how the facts in the graph of `document` cover the text of its source.

    Lines are counted from 1. A number is recorded if any literal of a citing fact contains it; amounts in yen are also
    compared in units of 100 million yen.
    """
    literals: dict[str, list[tuple[str, str]]] = defaultdict(list)
    passages: dict[str, tuple[int, int]] = {}
    reads: dict[str, list[str]] = defaultdict(list)
    bounds: dict[str, dict[str, int]] = defaultdict(dict)
    furniture: set[str] = set()
    graph = ox.NamedNode(terms.GRAPH + document)
    stated = None
    for quad in quads:
        if quad.predicate.value == _CHECKSUM and quad.subject == ox.NamedNode(f"{terms.ID}document/{document}"):
            stated = str(quad.object.value)  # type: ignore[union-attr]
        if quad.graph_name != graph or not isinstance(quad.subject, ox.NamedNode):
            continue
        subject, predicate = quad.subject.value, quad.predicate.value
        if isinstance(quad.object, ox.Literal):
            literals[subject].append((predicate, quad.object.value))
            if predicate in {terms.IS + "firstLine", terms.IS + "lastLine"}:
                bounds[subject][terms.local_name(predicate)] = int(quad.object.value)
        elif predicate == terms.IS + "isReadFrom" and isinstance(quad.object, ox.NamedNode):
            reads[subject].append(quad.object.value)
        elif predicate == terms.RDF + "type" and quad.object == ox.NamedNode(_FURNITURE):
            furniture.add(subject)
    passages = {p: (b["firstLine"], b["lastLine"]) for p, b in bounds.items() if len(b) == 2}
    lines = lines_of(source)
    citing: dict[int, set[str]] = defaultdict(set)
    for subject, places in reads.items():
        for place in places:
            first, last = passages[place]
            for number in range(first, min(last, len(lines)) + 1):
                citing[number].add(subject)
    carried = {subject: _carried(values) for subject, values in literals.items() if subject in reads}
    covered = tuple(
        _line(n, text, citing[n] - furniture, citing[n] & furniture, carried, literals)
        for n, text in enumerate(lines, 1)
    )
    checksums = (_digest(source), stated)
    return Coverage(covered, tuple(_unsupported(reads, passages, literals, lines)), checksums)


def _carried(values: list[tuple[str, str]]) -> set[str]:
    found: set[str] = set()
    for predicate, value in values:
        found.update(numbers(value))
        if predicate in _YEN:
            found.update(numbers(format(abs(Decimal(value)) / _OKU, "f")))
    return found


def _line(
    number: int,
    text: str,
    facts: set[str],
    furniture: set[str],
    carried: dict[str, set[str]],
    literals: dict[str, list[tuple[str, str]]],
) -> LineCoverage:
    known = set().union(*(carried.get(s, set()) for s in facts | furniture))
    orphans = tuple(n for n in numbers(text) if n not in known) if facts else ()
    reasons = [v for s in sorted(furniture) for p, v in sorted(literals[s]) if p == terms.SKOS + "prefLabel"]
    return LineCoverage(number, text, tuple(sorted(facts)), reasons[0] if reasons else None, orphans)


def _unsupported(
    reads: dict[str, list[str]],
    passages: dict[str, tuple[int, int]],
    literals: dict[str, list[tuple[str, str]]],
    lines: list[str],
) -> Iterable[Unsupported]:
    for subject in sorted(reads):
        spans = sorted(passages[p] for p in reads[subject])
        text = _squeezed("".join("".join(lines[first - 1 : last]) for first, last in spans))
        for predicate, value in sorted(literals[subject]):
            if predicate in _PRINTED and _squeezed(value) not in text:
                shown = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
                yield Unsupported(subject, predicate, value, shown)


def read_source(path: Path) -> str:
    """Return the text of a source file. Raises InputError if it is missing or not UTF-8."""
    try:
        return read_text(path)
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}") from error


def as_text(coverage: Coverage, *, every_line: bool = False) -> str:
    """Return the coverage for people: the gaps, or every line with the facts that cite it, then the counts."""
    out = []
    for line in coverage.lines:
        if every_line and line.text.strip():
            cited = ", ".join(terms.local_name(f) for f in line.facts) or line.furniture or "-"
            out.append(f"{line.number}: {line.text.strip()}\n    {cited}")
        if line.uncited:
            out.append(f"{line.number}: cited by no fact: {line.text.strip()}")
        if line.orphans:
            out.append(f"{line.number}: carried by no citing fact: {', '.join(line.orphans)}: {line.text.strip()}")
    out += [
        f"{terms.local_name(u.subject)}: {terms.local_name(u.property)}: {u.value!r} does not stand in lines {u.lines}"
        for u in coverage.unsupported
    ]
    if not coverage.same_text:
        found, stated = coverage.checksums
        out.append(f"not the text that the facts were read from: its SHA-256 is {found}, theirs {stated}")
    with_text = [line for line in coverage.lines if line.text.strip()]
    out.append(
        f"{len(with_text)} lines with text: {sum(bool(n.facts) for n in with_text)} cited by facts, "
        f"{sum(not n.facts and n.furniture is not None for n in with_text)} page furniture with a reason, "
        f"{sum(n.uncited for n in with_text)} uncited; {sum(len(n.orphans) for n in with_text)} orphan numbers; "
        f"{len(coverage.unsupported)} printed forms out of place"
    )
    return "".join(f"{visible(line)}\n" for line in out)


def as_json(coverage: Coverage) -> str:
    """Return the coverage as JSON: `complete`, `same_text`, the `lines` with their gaps, and `unsupported`."""
    lines = [
        {"line": n.number, "facts": n.facts, "furniture": n.furniture, "orphans": n.orphans, "uncited": n.uncited}
        for n in coverage.lines
        if n.text.strip()
    ]
    unsupported = [vars(u) for u in coverage.unsupported]
    whole = {
        "complete": coverage.complete,
        "same_text": coverage.same_text,
        "lines": lines,
        "unsupported": unsupported,
    }
    return escaped(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"
