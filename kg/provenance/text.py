"""Write an explanation, or the working of a money answer, in words, as JSON, or as Turtle with PROV-O."""

import json
from collections.abc import Callable, Iterator, Mapping

import pyoxigraph as ox

from kg import terms
from kg.errors import UsageError
from kg.money.interval import Contribution, billions, oku, say
from kg.paths import read_texts
from kg.printable import escaped, visible, visible_line
from kg.provenance.explain import Explanation, Support
from kg.provenance.prov import explanation_triples, working_triples
from kg.questions.answer import Answer, text_of
from kg.rdf.write import to_turtle
from kg.reasoning.derivation import Derivation
from kg.reasoning.words import name, rule_words, statement_words

FORMATS = ("text", "json", "turtle")
_TEXTS = read_texts("provenance")
_SHOWN = ("printed", "programme", "source")  # of a line of a working


def write_explanation(explanation: Explanation, form: str, language: str) -> str:
    """Return an explanation in one of the FORMATS; `language` is that of the text, en or ja."""
    if form == "text":
        return "".join(f"{visible_line(line)}\n" for line in _lines(explanation, language))
    if form == "json":
        return _dump(_as_json(explanation))
    return escaped(to_turtle(explanation_triples(explanation)))


def _dump(value: object) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _say(key: str, language: str, *values: object, **named: object) -> str:
    text: str = _TEXTS["explanation"][key][language]
    return text.format(*values, **named)


def _lines(explanation: Explanation, language: str) -> Iterator[str]:
    derivation = explanation.derivation
    if explanation.status == "inferred" and derivation:
        steps = derivation.steps
        said = _say("inferred", language, steps=steps, s="" if steps == 1 else "s")
        yield f"{statement_words(explanation.statement, explanation.labels, language)}: {said}"
        yield from _below(derivation, explanation, language, 1, set())
    elif explanation.holds:
        yield _leaf(explanation.statement, explanation, language)
    else:
        yield (f"{statement_words(explanation.statement, explanation.labels, language)}: {_say('unknown', language)}")
        if explanation.about_schema:
            yield _say("schema", language)
        if explanation.nearest:
            yield _say("nearest", language)
        for triple in explanation.nearest:
            yield f"  {statement_words(triple, explanation.labels, language)}"


def _below(
    part: Derivation, explanation: Explanation, language: str, depth: int, seen: set[ox.Triple]
) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}{rule_words(part, explanation.labels, language)} [{part.rule}]"
    for premise in part.premises:
        if premise.is_asserted:
            yield indent + _leaf(premise.conclusion, explanation, language)
            continue
        words = statement_words(premise.conclusion, explanation.labels, language)
        if premise.conclusion in seen:
            yield f"{indent}{words} {_say('above', language)}"
            continue
        seen.add(premise.conclusion)
        yield indent + words
        yield from _below(premise, explanation, language, depth + 1, seen)


def _leaf(triple: ox.Triple, explanation: Explanation, language: str) -> str:
    words = statement_words(triple, explanation.labels, language)
    if explanation.status == "axiom":
        return f"{words}: {_say('axiom', language)}"
    support = explanation.supports.get(triple)
    where = _where(support, explanation, language) if support else ""
    return f"{words}: {where or _say('stated', language)}"


def _where(support: Support, explanation: Explanation, language: str) -> str:
    joined = "、" if language == "ja" else ", "

    def names(iris: tuple[str, ...]) -> str:
        return joined.join(name(ox.NamedNode(iri), explanation.labels, language) for iri in iris)

    graph = support.graph.removeprefix(terms.GRAPH)
    graph = _say("ontology", language) if support.graph == terms.ONTOLOGY_GRAPH else graph
    parts = [_say("graph", language, graph) if graph else _say("stated", language)]
    if support.evidence:
        parts.append(_say("evidence", language, names(support.evidence)))
    if support.sources:
        parts.append(_say("source", language, names(support.sources)))
    if support.row:
        parts.append(str(support.row))
    return "; ".join(parts) if language == "en" else "；".join(parts)


def _both(said: Callable[[str], str]) -> dict[str, str]:
    return {language: said(language) for language in ("en", "ja")}


def _triple_json(triple: ox.Triple, explanation: Explanation) -> dict[str, object]:
    return {
        "subject": triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject),
        "predicate": triple.predicate.value,
        "object": triple.object.value if isinstance(triple.object, ox.NamedNode) else str(triple.object),
        "words": _both(lambda language: statement_words(triple, explanation.labels, language)),
    }


def _as_json(explanation: Explanation) -> dict[str, object]:
    found: dict[str, object] = {
        "statement": _triple_json(explanation.statement, explanation),
        "status": explanation.status,
        "holds": explanation.holds,
    }
    if explanation.derivation:
        found["steps"] = explanation.derivation.steps
        found["derivation"] = _part_json(explanation.derivation, explanation)
    if not explanation.holds:
        found["nearest"] = [_triple_json(t, explanation) for t in explanation.nearest]
    return found


def _part_json(part: Derivation, explanation: Explanation) -> dict[str, object]:
    found = _triple_json(part.conclusion, explanation)
    support = explanation.supports.get(part.conclusion)
    if part.is_asserted and support:
        found["graph"] = support.graph
        found["evidence"], found["sources"] = list(support.evidence), list(support.sources)
        row = support.row
        found["row"] = {"file": f"kg/{row.file}", "line": row.line, "column": row.column or None} if row else None
    if not part.is_asserted:
        found["rule"] = part.rule
        found["because"] = _both(lambda language: rule_words(part, explanation.labels, language))
        found["axioms"] = [[str(term) for term in axiom] for axiom in part.axioms]
        found["premises"] = [_part_json(premise, explanation) for premise in part.premises]
    return found


def write_working(answer: Answer, form: str, language: str) -> str:
    """Return the working of a money answer in one of the FORMATS: what each printed amount adds to the bounds, and why.

    Amounts in JSON and Turtle are in yen. The reasons are in the language that the question was run in. Raises
    UsageError if the question is not about money.
    """
    if answer.working is None or answer.total is None:
        raise UsageError(
            f"{answer.name} does not ask for a sum of money, so it has no working; kg query lists the questions that do"
        )
    if form == "turtle":
        return escaped(to_turtle(working_triples(answer)))
    lines = zip(answer.working.rows, answer.working.contributions, answer.working.reasons, strict=True)
    if form == "json":
        return _dump(_working_json(answer, language))
    said = [answer.sentence[language], ""]
    for number, (row, contribution, reason) in enumerate(lines, start=1):
        printed, programme, source = (text_of(row.get(n), answer.labels, language) for n in _SHOWN)
        said.append(
            f"{number}. {printed} {programme} ({source})"
            if language == "en"
            else f"{number}. {printed}　{programme}（{source}）"
        )
        said.append(f"   {_bounds(contribution.lower, contribution.upper, language)} — {reason}")
    said += [_say("sum", language, say(answer.total, language)), ""]
    said += [note[language] for note in (*answer.notes, *answer.readings)]
    return "".join(f"{visible(line)}\n" for line in said)


def _bounds(lower: int, upper: int | None, language: str) -> str:
    show = oku if language == "ja" else billions
    if upper is None:
        return _say("open", language)
    return _say("at most" if upper else "nothing", language, show(upper)) if lower == 0 else show(lower)


def _working_json(answer: Answer, language: str) -> dict[str, object]:
    working, total = answer.working, answer.total
    assert working is not None
    assert total is not None

    def line(row: Mapping[str, object], contribution: Contribution, reason: str) -> dict[str, object]:
        found: dict[str, object] = {n: getattr(row.get(n), "value", None) for n in ("listedAmount", *_SHOWN)}
        found |= {"counts": contribution.counts, "lower": contribution.lower, "upper": contribution.upper}
        return found | {"reason": contribution.reason, "because": contribution.because, "words": reason}

    return {
        "question": answer.name,
        "arguments": {name: getattr(term, "value", str(term)) for name, term in answer.arguments.items()},
        "sentence": answer.sentence,
        "language": language,
        "unit": "JPY",
        "total": {"lower": total.lower, "upper": total.upper},
        "working": [line(*parts) for parts in zip(working.rows, working.contributions, working.reasons, strict=True)],
        "notes": [*answer.notes, *answer.readings],
    }
