"""What stands beside the money of a domain: the same yen under other domains, and the money of related domains."""

from collections.abc import Mapping

import pyoxigraph as ox

from kg import terms
from kg.money.interval import say
from kg.money.working import Working, work_out
from kg.paths import read_query, read_texts
from kg.questions.answer import labels_of, text_of
from kg.questions.arguments import Chosen, select
from kg.questions.catalogue import Question
from kg.rdf.nodes import Row, Term, value
from kg.stores.embedded import Store
from kg.terms import Text

_RELATED = read_query("questions", "related-domains")
_SAME = read_query("questions", "same-money")
_MOST = 3  # amounts of a related domain, and other domains of an amount, that are named


def same_money(arguments: Mapping[str, Term], working: Working, store: Store) -> list[Text]:
    """Return notes that name what an amount of the domain asked for serves besides: as a whole, or shared."""
    domain = arguments.get("domain")
    if not isinstance(domain, ox.NamedNode):
        return []
    notes = []
    for kind, share in (("full", " is:hasShare share:whole ;"), ("shared", "")):
        rows = {
            value(row, "appropriation"): row
            for row, contribution in zip(working.rows, working.contributions, strict=True)
            if contribution.reason == kind
        }
        given = {"domain": str(domain), "share": share, "appropriations": " ".join(f"<{iri}>" for iri in sorted(rows))}
        found = store.select(_SAME % given).rows if rows else []
        domains: dict[str, list[Term]] = {}
        for appropriation, other in found:
            if isinstance(appropriation, ox.NamedNode) and other is not None:
                domains.setdefault(appropriation.value, []).append(other)
        if domains:
            labels = labels_of(store, [*found, *([row["programme"]] for row in rows.values())])
            notes.append({language: _besides(kind, rows, domains, labels, language) for language in ("en", "ja")})
    return notes


def _besides(
    kind: str,
    rows: Mapping[str, Row],
    domains: Mapping[str, list[Term]],
    labels: Mapping[tuple[str, str], str],
    language: str,
) -> str:
    text = read_texts("questions")["domains"]["same"]
    amounts = []
    for appropriation, others in domains.items():
        names = [text_of(other, labels, language) for other in others]
        more = [text["more"][language].format(count=len(names) - _MOST)] if len(names) > _MOST + 1 else []
        amounts.append(
            text["one"][language].format(
                printed=value(rows[appropriation], "printed"),
                programme=text_of(rows[appropriation]["programme"], labels, language),
                domains=_LISTED[language].join([*names[:_MOST], *more] if more else names),
            )
        )
    said: str = text[kind][language]
    return said.format(amounts=_SEPARATORS[language].join(amounts))


_SEPARATORS = {"en": "; ", "ja": "；"}
_LISTED = {"en": ", ", "ja": "、"}


def related_money(question: Question, chosen: Chosen, working: Working, store: Store) -> list[Text]:
    """Return notes that name the money of the domains related to the one asked for, without what the answer has."""
    domain = next(iter(chosen.of("domain")), None)
    if not isinstance(domain, ox.NamedNode) or not working.rows:
        return []
    shown = {value(row, "appropriation") for row in working.rows}
    text = read_texts("questions")["domains"]["related"]
    notes = []
    for (related,) in store.select(_RELATED % {"domain": str(domain)}).rows:
        assert related is not None
        found = work_out(select(question.text, chosen.having("domain", related), store), store, terms.local_name, "en")
        other = found.again([row for row in found.every_row if value(row, "appropriation") not in shown])
        if not other.rows:
            continue
        firm = sorted(
            (row for row, c in zip(other.rows, other.contributions, strict=True) if c.counts != "no"),
            key=lambda row: value(row, "share") != "whole",
        )[:_MOST]
        labels = labels_of(store, [[related], *([row["programme"]] for row in firm)])
        notes.append(
            {
                language: text[language].format(
                    domain=text_of(related, labels, language),
                    interval=say(other.total, language),
                    amounts=_SEPARATORS[language].join(
                        text["one"][language].format(
                            programme=text_of(row["programme"], labels, language), printed=value(row, "printed")
                        )
                        for row in firm
                    ),
                )
                for language in ("en", "ja")
            }
        )
    return notes
