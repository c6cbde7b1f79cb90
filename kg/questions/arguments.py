"""The arguments of a stored question: what people write, resolved to terms; several of a kind are asked together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox

from kg import terms
from kg.errors import UsageError, did_you_mean
from kg.questions.catalogue import NEWEST, Parameter, Question
from kg.questions.resolve import ANY, resolve
from kg.rdf.nodes import Term
from kg.stores.binding import bind
from kg.stores.embedded import Solutions, Store

NARROWING = ("fiscalYear", "phase")
_SEVERAL = (*NARROWING, "evidence")  # parameters that take a list: the answer is the union


@dataclass(frozen=True)
class Chosen:
    """The terms chosen for each parameter: one, or several of which any will do. Open parameters are absent."""

    terms: Mapping[str, tuple[Term, ...]]

    def of(self, name: str) -> tuple[Term, ...]:
        """Return the terms of a parameter, none if it is open."""
        return self.terms.get(name, ())

    def without(self, *names: str) -> "Chosen":
        """Return the same with some parameters open."""
        return Chosen({name: found for name, found in self.terms.items() if name not in names})

    def having(self, name: str, term: Term) -> "Chosen":
        """Return the same with one term for a parameter."""
        return Chosen({**self.terms, name: (term,)})

    def each(self) -> Iterator[dict[str, Term]]:
        """Yield every combination of one term for each parameter."""
        for combination in product(*self.terms.values()):
            yield dict(zip(self.terms, combination, strict=True))

    def every(self) -> set[str]:
        """Return the IRIs among all terms."""
        return {t.value for found in self.terms.values() for t in found if isinstance(t, ox.NamedNode)}

    def shown(self) -> dict[str, Term]:
        """Return one term for each parameter; several are a text that lists their ids: `2019, 2020`."""
        return {name: found[0] if len(found) == 1 else _listed(found) for name, found in self.terms.items()}


def _listed(several: tuple[Term, ...]) -> ox.Literal:
    return ox.Literal(", ".join(terms.local_name(str(getattr(term, "value", term))) for term in several))


def choose(question: Question, given: Mapping[str, str], store: Store) -> tuple[Chosen, bool]:
    """Return the terms for the parameters, defaults included, and whether the newest fiscal year must be added to them.

    Raises UsageError for an unknown or missing parameter, and for an unknown or ambiguous name.
    """
    written: dict[str, str] = {}
    for name, text in given.items():
        written[_known(question, name).name] = text
    found: dict[str, tuple[Term, ...]] = {}
    wants_newest = False
    for parameter in question.parameters:
        wanted = written.get(parameter.name, parameter.default)
        if parameter.type == "year" and wanted == NEWEST:
            wants_newest = True
            continue
        if wanted is None or (wanted.casefold() in ANY and not parameter.required):
            if parameter.required:
                raise UsageError(f"{question.name} needs {parameter.option}, such as {_example(parameter)}")
            continue
        found[parameter.name] = _resolved(parameter, wanted, store)
    return Chosen(found), wants_newest


def _known(question: Question, name: str) -> Parameter:
    if parameter := question.parameter(name):
        return parameter
    known = [p.option for p in question.parameters]
    near = did_you_mean(name, [p.name for p in question.parameters])
    hint = near or f"its parameters are {', '.join(known) or 'none'}"
    raise UsageError(f"{question.name} has no parameter {name}; {hint}")


def _resolved(parameter: Parameter, text: str, store: Store) -> tuple[Term, ...]:
    """Return the term that a text denotes, or those that it lists with commas."""
    parts = [part.strip() for part in text.replace("、", ",").replace("，", ",").split(",")]
    if parameter.name not in _SEVERAL or len(parts) == 1:
        return (resolve(parameter, text, store),)
    return tuple(dict.fromkeys(resolve(parameter, part, store) for part in parts))


def _example(parameter: Parameter) -> str:
    return f'{parameter.option} "{parameter.example}"' if parameter.example else f"{parameter.option} …"


def select(text: str, chosen: Chosen, store: Store) -> Solutions:
    """Return the rows of a query under the arguments: for several of a kind the union of their rows, in that order."""
    found = [store.select(bind(text, arguments)) for arguments in chosen.each()]
    if len(found) == 1:
        return found[0]
    return Solutions(found[0].columns, list(dict.fromkeys(row for each in found for row in each.rows)))
