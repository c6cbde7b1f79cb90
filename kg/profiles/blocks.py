"""Set the sections of a profile in lines: as wide as the terminal, and cut to a number of lines that is said."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.paths import read_texts
from kg.questions.terminal import columns_of, wrap_columns

GLUE = "\x7f"  # stands for a space at which no line ends
_RUNNING = frozenset({"identifiers", "facts", "also"})  # sections whose groups follow each other in one line
_WEIGHTS = {  # what is cut last
    "money": 8,
    "totals": 8,
    "budget": 3,
    "lines": 3,
    "titles": 3,
    "roles": 2,
    "domains": 2,
    "identifiers": 2,
    "remarks": 0.5,
}
_MOST = 5  # lines of a section of the least weight


@dataclass(frozen=True)
class Block:
    """One section: its name, its heading, and its groups, each with what they say and the items."""

    name: str
    head: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]

    def __len__(self) -> int:
        """Return the number of items."""
        return sum(len(items) for _, items in self.groups)


def wrap(text: str, room: int) -> list[str]:
    """Return a text in lines of at most `room` terminal columns, with spaces for what glues words together."""
    return [line.replace(GLUE, " ") for line in wrap_columns(text, room)]


def allotted(blocks: Sequence[Block], room: int, lines: int, language: str) -> list[list[str]]:
    """Return the lines of each block: all, or fewer of the longest, until they are at most `lines`."""
    natural = [len(set_block(block, room, language)) for block in blocks]
    weights = [_WEIGHTS.get(block.name, 1) for block in blocks]
    natural = [min(n, _MOST) if weight <= 1 else n for n, weight in zip(natural, weights, strict=True)]
    while sum(natural) > lines and max(natural, default=0) > 1:
        longest = max((i for i, n in enumerate(natural) if n > 1), key=lambda i: natural[i] / weights[i])
        natural[longest] -= 1
    return [set_block(block, room, language, most) for block, most in zip(blocks, natural, strict=True)]


def set_block(block: Block, room: int, language: str, most: int | None = None) -> list[str]:
    """Return the lines of a block, at most `most`: with as many of its items as fit, and the number of the others."""
    running = block.name in _RUNNING
    whole = _set(block, room, language, len(block), len(block.groups), running=running)
    if most is None or len(whole) <= most:
        return whole
    best, shown = [""], 0
    for run in (running, True):
        for groups in range(len(block.groups), 0, -1):
            lines, count = _fullest(block, room, language, most, groups, running=run)
            best, shown = (lines, count) if count > shown else (best, shown)
    if shown:
        return best
    cut = _set(block, room, language, 1, 1, running=True)[:most]
    last = cut[-1] if columns_of(cut[-1]) + 2 <= room else wrap(cut[-1], room - 2)[0]
    return [*cut[:-1], f"{last.rstrip('… ')} …"]


def _fullest(block: Block, room: int, language: str, most: int, groups: int, *, running: bool) -> tuple[list[str], int]:
    """Return the lines that fit with the most items in each of the first groups, and how many they show."""
    sizes = [len(items) for _, items in block.groups[:groups]]
    least, beyond, best = 1, max(sizes) + 1, list[str]()
    while least < beyond:
        items = (least + beyond) // 2
        lines = _set(block, room, language, items, groups, running=running)
        if len(lines) <= most:
            least, best = items + 1, lines
        else:
            beyond = items
    return best, sum(min(least - 1, size) for size in sizes)


def _set(block: Block, room: int, language: str, items: int, groups: int, *, running: bool) -> list[str]:
    """Return the lines of a block with the first items of its first groups; the rest are counted."""
    texts = read_texts("profiles")["layout"]
    said: list[str] = []
    for what, all_items in block.groups[:groups]:
        shown = list(all_items[:items])
        if len(all_items) > len(shown):
            shown.append(texts["more"][language].format(count=len(all_items) - len(shown)))
        text = texts["next"][language].join(shown)
        said.append(f"{what}{texts['of'][language]}{text}" if what else text)
    left = sum(len(of) for _, of in block.groups[groups:])
    said += [texts["more"][language].format(count=left)] if left else []
    if running:
        said = [texts["then"][language].join(part.rstrip("。.") for part in said)]
    return [line for text in said for line in wrap(text, room)]
