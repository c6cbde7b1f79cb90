"""Choose the rows that have what a question asks of them: new, a ceiling, a phase, a rise, a limit."""

import re
from dataclasses import replace

from kg.asking.finishing.rows import Rows
from kg.asking.frames import Reading
from kg.money.limit import Limit
from kg.questions.answer import Answer
from kg.questions.refine import Refinement, refine
from kg.rdf.nodes import Term

NO_REPEATS = re.compile(
    r"再掲(?:を|は|分)?(?:二重に)?(?:除|数えな|数えず|含ま|含め|抜き|以外|カウントし|カウントせ)"
    r"|\b(?:not|without|no|excluding|n't) (?:\w+ )?(?:the )?(?:repeat|double)"
    r"|count(?:ing|ed)? [\w ]*(?:once|one time)|(?:一度|一回|1回|1度)(?:だけ|のみ)"
    r"|(?:重複|ダブ(?:って|り))(?:を|は)?(?:除|数えな|カウントせ)|二重に(?:数えな|数えず)"
)


def conditions(answer: Answer, reading: Reading) -> Answer:
    """Return the rows that have what is asked of them: new, a ceiling, supplementary money, a rise, a limit."""
    asked, rows = reading.asked, Rows(answer)
    kept: list[tuple[Term | None, ...]] = list(answer.rows)
    exact = "certain" in asked.which
    for cue, column in (("new", "isNew"), ("ceiling", "ceiling")):
        if cue == "ceiling" and exact and "ceiling" not in asked.which and not reading.things and column in rows.names:
            kept = [r for r in kept if rows.value(r, column) == "false"]
        elif (
            cue in asked.which
            and not (cue == "ceiling" and exact and "except" not in asked.which)
            and column in rows.names
            and not (cue == "ceiling" and "including" in asked.which)
        ):
            wanted = "false" if cue == "ceiling" and "except" in asked.which else "true"
            kept = [r for r in kept if rows.value(r, column) == wanted]
    out = {iri for name in asked.without if not name.is_a("phase") for iris in name.iris.values() for iri in iris}
    left_in = [r for r in kept if not any(getattr(cell, "value", None) in out for cell in r)]
    if out and len(left_in) == len(kept):
        return replace(answer, rows=())  # what is to be left out is not in these rows
    kept = left_in
    if not reading.things:
        if "repeats" in asked.which and "list" in asked.what and "count" not in asked.what and "repeats" in rows.names:
            again = NO_REPEATS.search(asked.text) is None
            kept = [r for r in kept if (rows.value(r, "repeats") == "true") == again]
        if "undecided" in asked.which and "status" in rows.names:
            kept = [r for r in kept if rows.has(r, "status")]
        if "only" in asked.which and _phase(reading, "supplementary") and "supplementary" in rows.names:
            kept = [r for r in kept if rows.has(r, "supplementary") and not rows.has(r, "now")]
        else:
            kept = _of_phases(kept, rows, reading)
        if reading.frame.thing and "amount" in rows.names and len(answer.columns) > 1:
            has = "none" not in asked.which
            kept = [r for r in kept if rows.has(r, "amount") == has] if reading.frame.dashes else kept
    rose, fell = "rose" in asked.which, "fell" in asked.which
    if "direction" in rows.names and rose != fell and not reading.things:
        return replace(
            answer, rows=tuple(r for r in kept if rows.value(r, "direction").endswith("rise" if rose else "fall"))
        )
    chosen = replace(answer, rows=tuple(kept))
    how = Refinement(
        rose=rose and not fell and not reading.things,
        fell=fell and not rose and not reading.things,
        more_than=next((Limit(b.number, b.unit) for b in asked.bounds if b.more), None),
        less_than=next((Limit(b.number, b.unit) for b in asked.bounds if not b.more), None),
        column=answer.outline.rate if any(b.unit == "percent" for b in asked.bounds) else None,
    )
    return refine(chosen, how) if how != Refinement() and len(chosen) else chosen


def _of_phases(rows: list[tuple[Term | None, ...]], view: Rows, reading: Reading) -> list[tuple[Term | None, ...]]:
    """Return the rows with an amount of the phase that is asked for, or without one."""
    which = reading.asked.which
    for phase, column in (("initial", "now"), ("supplementary", "supplementary")):
        if _phase(reading, phase) and column in view.names:
            has = not ("none" in which and "new" not in which)
            rows = [r for r in rows if view.has(r, column) == has]
    return rows


def _phase(reading: Reading, phase: str) -> bool:
    named = any(iri.endswith(f"/{phase}") for iri in reading.asked.named("phase"))
    return phase in reading.asked.which or named
