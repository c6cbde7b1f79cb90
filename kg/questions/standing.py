"""Which bearer of a name people mean: a ministry before its row in a table, a programme before its line."""

from collections.abc import Collection, Iterable

import pyoxigraph as ox

from kg import terms
from kg.paths import read_query
from kg.stores.embedded import Store

_CLASSES = read_query("questions", "classes")
_ORDER = (  # what people speak of first, what only holds facts together last; other classes stand in the middle
    "Ministry Agency CabinetOrgan Legislature ResearchInstitute ResearchCentre FundingAgency University Company "
    "InternationalOrganisation ForeignGovernment Platform Hub Programme OperatingGrant FacilityGrant "
    "InstitutionalGrant TechnicalDomain Strategy Goal Indicator",
    "Document Pillar StrategyPart Theme DiagramHeading Measure Direction Page",
    "Trend Position Figure ForeignInvestment ExpenseKind PrintedTotal Disagreement OpenReading",
    "Account BudgetPhase BudgetFrame CostCategory Purpose AmountStatus HubKind HubStatus Currency",
    "EvidenceKind Extent IndicatorKind InvestmentStage ChangeDirection",
    "FundingShare ListingFlag Jurisdiction Panel Note BudgetDataSet",
    "Class",
    "ObjectProperty DatatypeProperty AnnotationProperty",
    "Listing Appropriation PrintedText PageTitle SourceLine ColumnHead DomainIcon MinistryMark Furniture ConceptScheme",
    "Portion ListedAmount DomainEntry DomainAttribution Role Mention Correspondence IndicatorValue IndicatorChange "
    "BudgetObservation EmptyBudgetCell ChangeObservation Reading Passage Dataset ComponentSpecification "
    "DataStructureDefinition FundingLink",
)
_PLACES = {name: place for place, names in enumerate(_ORDER) for name in names.split()}
_MIDDLE = 5


def standing(classes: Iterable[str]) -> int:
    """Return the place of an entity with these classes (IRIs) among the bearers of its name: 0 is meant first.

    >>> standing([terms.IS + "Ministry"]) < standing([terms.IS + "Jurisdiction"]) < standing([terms.IS + "Role"])
    True
    """
    return min((_PLACES.get(terms.local_name(iri), _MIDDLE) for iri in classes), default=_MIDDLE)


def classes_of(things: Collection[str], store: Store) -> dict[str, list[str]]:
    """Return the asserted classes of each entity that has any; all are IRIs."""
    if not things:
        return {}
    found: dict[str, list[str]] = {}
    for thing, cls in store.select(_CLASSES % " ".join(f"<{iri}>" for iri in sorted(things))).rows:
        if isinstance(thing, ox.NamedNode) and isinstance(cls, ox.NamedNode):
            found.setdefault(thing.value, []).append(cls.value)
    return {iri: sorted(classes) for iri, classes in found.items()}


def most_meant(things: Collection[str], store: Store) -> list[str]:
    """Return those of the entities (IRIs) that people mean first, sorted."""
    if len(things) < 2:
        return sorted(things)
    classes = classes_of(things, store)
    places = {iri: standing(classes.get(iri, ())) for iri in things}
    best = min(places.values())
    return sorted(iri for iri, place in places.items() if place == best)
