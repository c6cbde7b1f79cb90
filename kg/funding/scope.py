"""The money behind a picture, read from the stored questions: the lines, what they serve, and their sums."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import pyoxigraph as ox

from kg import terms
from kg.errors import UsageError, as_option, no_option
from kg.money.working import Row, Working
from kg.questions.answer import Answer
from kg.questions.catalogue import load_question
from kg.questions.run import run
from kg.rdf.nodes import Term, value
from kg.stores.embedded import Store

Ask = Callable[[str, Mapping[str, str]], Answer]
Links = Mapping[str, Mapping[str, Mapping[str, bool]]]  # printed amount, dimension, target: whether as a whole
ANY = "any"
TARGETS = ("domain", "institution", "ministry", "programme", "part")
MONEY = (*TARGETS, "fiscal_year", "phase", "evidence")


Given = str | int | None  # how people give an option: None leaves it open


@dataclass(frozen=True)
class Scope:
    """What the reader asks to see; None is no restriction, `any` all years."""

    domain: str | None = None
    institution: str | None = None
    ministry: str | None = None
    programme: str | None = None
    part: str | None = None
    fiscal_year: str | None = None
    phase: str | None = None
    evidence: str | None = None
    rows: str | None = None
    columns: str | None = None
    size: str | None = None

    def given(self, *names: str) -> dict[str, str]:
        """Return the chosen values as arguments of a question: all of them, or only those named."""
        wanted = names or MONEY
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name in wanted and getattr(self, f.name)}


@dataclass(frozen=True)
class Names:
    """Full and short names by (IRI, language), and the short titles of the documents if there are several."""

    labels: Mapping[tuple[str, str], str]
    shorts: Mapping[str, str]
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def full(self, iri: str, lang: str) -> str:
        """Return the full name with a capital first letter."""
        text = self.labels.get((iri, lang)) or self.labels.get((iri, "en")) or terms.local_name(iri)
        return text[:1].upper() + text[1:]

    def short(self, iri: str, lang: str) -> str:
        """Return the abbreviation in English, the full name in Japanese, where it is short enough."""
        return self.shorts.get(iri) or self.full(iri, lang) if lang == "en" else self.full(iri, lang)


@dataclass(frozen=True)
class Money:
    """The lines in scope with their working; `links` gives what each printed amount serves, by dimension.

    `is_asked` says that the scope names something that the lines serve: then they count for that, and otherwise for
    the heading that they are printed under.
    """

    working: Working
    links: Links
    is_asked: bool
    names: Names
    narrower: Mapping[str, frozenset[str]]
    domains: tuple[str, ...]
    units: Mapping[str, str]
    answer: Answer

    def again(self, rows: Sequence[Row], lang: str = "en") -> Working:
        """Return the working of `rows` alone, in a language."""
        named = replace(self.working, language=lang, name=lambda iri: self.names.full(iri, lang))
        return named.again(rows)

    def serving(self, row: Row, *shares: bool | None) -> Row:
        """Return a line as it counts for targets that it serves as a whole (True) or in part; None makes no claim."""
        said = [share for share in shares if share is not None]
        if not said:
            return row
        whole = all(said) and (not self.is_asked or value(row, "share") == "whole")
        return {**row, "share": ox.Literal("whole" if whole else "part")}

    def rows_for(self, kind: str, thing: str) -> list[Row]:
        """Return the lines that serve a target, as they count for it."""
        served = ((row, self.served(row, kind).get(thing)) for row in self.working.rows)
        return [self.serving(row, whole) for row, whole in served if whole is not None]

    def served(self, row: Row, kind: str) -> Mapping[str, bool]:
        """Return what a line serves in a dimension, and whether as a whole."""
        return self.links.get(value(row, "listedAmount"), {}).get(kind, {})

    def lines(self, lang: str, rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
        """Return programme, printed form, year, phase and source of each printed amount."""
        return {
            value(row, "listedAmount"): (
                self.names.full(value(row, "programme"), lang),
                value(row, "printed"),
                value(row, "fiscalYear"),
                self.names.full(value(row, "phase"), lang) if row.get("phase") else "",
                self.names.full(value(row, "source"), lang),
            )
            for row in rows
        }


def make_scope(verb: str, given: Mapping[str, Given]) -> Scope:
    """Return the scope that the options of a command describe; None is no restriction.

    Raises UsageError for an unknown option, and for one without a value.
    """
    known = MONEY if verb == "network" else tuple(field.name for field in fields(Scope))
    if strange := sorted(set(given) - set(known)):
        raise no_option(verb, strange[0], known)
    for name, said in given.items():
        if said is not None and not str(said).strip():
            raise UsageError(f"{as_option(name)} needs a value")
    return Scope(**{name: str(value) for name, value in given.items() if value is not None})


def asker(store: Store) -> Ask:
    """Return a function that answers stored questions and asks the store only once for each."""
    known: dict[tuple[str, tuple[tuple[str, str], ...]], Answer] = {}

    def ask(name: str, given: Mapping[str, str]) -> Answer:
        key = (name, tuple(sorted(given.items())))
        if key not in known:
            known[key] = run(load_question(name), given, store)
        return known[key]

    return ask


def read_names(ask: Ask, *answers: Answer) -> Names:
    """Return the names of all entities in the answers."""
    labels = {key: name for answer in answers for key, name in answer.labels.items()}
    shorts = {value(row, "thing"): value(row, "short") for row in ask("short-names", {})}
    read = [row for row in ask("documents", {}) if row["pages"] is not None]
    titles = {
        (value(row, "document"), lang): value(row, column) or labels.get((value(row, "document"), lang), "")
        for row in read
        for lang, column in (("en", "titleEn"), ("ja", "titleJa"))
    }
    return Names(labels, shorts, titles if len(read) > 1 else {})


def read_money(ask: Ask, choice: Scope) -> Money:
    """Return the money within a scope. Raises UsageError if a name in the scope is unknown or ambiguous."""
    answer = ask("funding", choice.given())
    linked = ask("funding-links", choice.given("evidence"))
    domains = ask("domains", {})
    units = ask("units-of", {})
    assert answer.working is not None
    return Money(
        working=answer.working,
        links=read_links(ask, choice.evidence),
        is_asked=bool(choice.given(*TARGETS)),
        names=read_names(ask, answer, linked, domains, units, ask("documents", {})),
        narrower=_narrower((value(r, "domain"), value(r, "broader")) for r in domains),
        domains=tuple(dict.fromkeys(value(r, "domain") for r in _by_printed_order(domains))),
        units={value(r, "unit"): value(r, "institution") for r in units},
        answer=answer,
    )


def read_evidence(ask: Ask, evidence: str | None) -> dict[tuple[str, str, str], str]:
    """Return the evidence of each link by printed amount, dimension and target: the name of its kind."""
    return {
        (value(row, "listedAmount"), value(row, "dimension"), value(row, "thing")): terms.local_name(
            value(row, "evidence")
        )
        for row in ask("funding-links", {"evidence": evidence} if evidence else {})
    }


def read_links(ask: Ask, evidence: str | None) -> Links:
    """Return what each printed amount serves, by dimension, and whether as a whole; `evidence` None means any.

    As in the question `funding`, it is asked of domains, institutions and ministries alone.
    """
    links: dict[str, dict[str, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    rows = list(ask("funding-links", {}))
    if evidence:
        asked = {"domain", "institution", "ministry"}
        rows = [row for row in rows if value(row, "dimension") not in asked]
        rows += [row for row in ask("funding-links", {"evidence": evidence}) if value(row, "dimension") in asked]
    for row in rows:
        known = links[value(row, "listedAmount")][value(row, "dimension")]
        thing = value(row, "thing")
        known[thing] = known.get(thing, False) or value(row, "share") == "whole"
    return {line: {kind: dict(things) for kind, things in kinds.items()} for line, kinds in links.items()}


def _by_printed_order(domains: Iterable[dict[str, Term | None]]) -> list[dict[str, Term | None]]:
    """Return the domains in the order of the source, followed by those that it does not list."""

    def place(row: dict[str, Term | None]) -> tuple[int, str]:
        first = terms.local_name(value(row, "source")).split("-")[0]
        return (int(first) if first.isdigit() else 10**6, value(row, "domain"))

    return sorted(domains, key=place)


def _narrower(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return all narrower domains of each domain, at any depth."""
    direct: dict[str, set[str]] = defaultdict(set)
    for domain, broader in pairs:
        if broader:
            direct[broader].add(domain)

    def below(domain: str, seen: frozenset[str]) -> frozenset[str]:
        found = frozenset(direct.get(domain, ())) - seen
        return found.union(*(below(d, seen | found) for d in found)) if found else found

    return {domain: below(domain, frozenset((domain,))) for domain in list(direct)}


def narrowest(money: Money, line: str) -> dict[str, bool]:
    """Return the domains that a line serves, except those of which it also serves a narrower one."""
    served = money.links.get(line, {}).get("domain", {})
    return {d: whole for d, whole in served.items() if not money.narrower.get(d, frozenset()) & served.keys()}


def institutions(money: Money, line: str) -> dict[str, bool]:
    """Return the institutions that a line names, except the ministries that administer it."""
    kinds = money.links.get(line, {})
    return {i: whole for i, whole in kinds.get("institution", {}).items() if i not in kinds.get("ministry", {})}


def views(ask: Ask, choice: Scope) -> list[Scope]:
    """Return the scope narrowed to each fiscal year and phase of its lines, latest year first.

    A chosen year or phase stays as it is; `any` combines all in one view.
    """
    every = read_money(ask, replace(choice, fiscal_year=choice.fiscal_year or ANY, phase=choice.phase or ANY))
    pairs = {(value(r, "fiscalYear"), value(r, "phase")) for r in every.working.rows}
    stated = sorted(((y, p) for y, p in pairs if y and p), key=lambda pair: (-int(pair[0]), pair[1]))
    narrowed = [replace(choice, fiscal_year=choice.fiscal_year or y, phase=choice.phase or p) for y, p in stated]
    return list(dict.fromkeys(narrowed)) or [choice]


def years(ask: Ask) -> list[str]:
    """Return the fiscal years for which amounts are printed, latest first."""
    rows = read_money(ask, Scope(fiscal_year=ANY)).working.rows
    return sorted({value(row, "fiscalYear") for row in rows if row.get("fiscalYear")}, reverse=True)


def period(choice: Scope, names: Names, lang: str) -> str:
    """Return the year and the phase of a scope in words."""
    every = {"en": ("all fiscal years", "all phases"), "ja": ("全年度", "全段階")}[lang]
    year, phase = choice.fiscal_year or ANY, choice.phase or ANY
    said_year = every[0] if year == ANY else f"FY{year}" if lang == "en" else f"{year}年度"
    said_phase = every[1] if phase == ANY else names.full(phase, lang)
    return f"{said_year}, {said_phase.lower()}" if lang == "en" else f"{said_year}・{said_phase}"
