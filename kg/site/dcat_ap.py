"""The description of a release as DCAT-AP 3 asks for it: catalogue, distributions, coverage in time, standing facts."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg import terms
from kg.assembly.description import DATASET, LICENCE

CSV_METADATA = "application/csvm+json"
_CSV_ON_THE_WEB = "https://www.w3.org/TR/tabular-metadata/"
_RULES = Path(__file__).parent / "rules"
_DCAT, _SPDX, _PROV = (terms.PREFIXES[p] for p in ("dcat", "spdx", "prov"))
_MEDIA = "https://www.iana.org/assignments/media-types/"
_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type"
_LASTING = ox.NamedNode("http://publications.europa.eu/resource/authority/planned-availability/STABLE")
_AVAILABILITY = "http://data.europa.eu/r5r/availability"
_TYPE = terms.RDF + "type"
_APRIL, _MARCH = "-04-01", "-03-31"  # the fiscal year of the Government of Japan

Files = Mapping[str, tuple[str, bytes]]  # by name: media type and bytes


@lru_cache(maxsize=1)
def formats() -> dict[str, dict[str, str]]:
    """Return what is said of files by media type: their `code` in the EU's list, and a sentence `en` and `ja`."""
    return tomllib.loads((_RULES / "formats.toml").read_text(encoding="utf-8"))


def as_dcat_ap(metadata: Iterable[ox.Triple], files: Files, quads: Iterable[ox.Quad]) -> set[ox.Triple]:
    """Return the metadata of the dataset with what the profile asks for besides.

    The profile wants datasets only as sources of a dataset, so that the documents are what it was derived from.
    """
    dataset, source = ox.NamedNode(DATASET), ox.NamedNode(terms.DCTERMS + "source")
    derived = ox.NamedNode(_PROV + "wasDerivedFrom")
    kept = {
        ox.Triple(dataset, derived, t.object) if (t.subject, t.predicate) == (dataset, source) else t for t in metadata
    }
    standing = {q.triple for q in ox.parse(path=_RULES / "dcat-ap.ttl", format=ox.RdfFormat.TURTLE)}
    return kept | standing | _dates() | _period(quads) | _distributions(files)


def _dates() -> set[ox.Triple]:
    issued = _literal(terms.ISSUED, "date")
    catalogue = terms.BASE + "catalogue"
    return _triples(
        (catalogue, terms.DCTERMS + "issued", issued),
        (catalogue, terms.DCTERMS + "modified", issued),
        (DATASET, terms.DCTERMS + "modified", issued),
    )


def _period(quads: Iterable[ox.Quad]) -> set[ox.Triple]:
    """Return the fiscal years that the dataset has money for, from the first of April to the last of March."""
    values = {q.object for q in quads if q.predicate.value == terms.IS + "fiscalYear"}
    years = {int(v.value) for v in values if isinstance(v, ox.Literal) and re.fullmatch("[0-9]{4}", v.value)}
    if not years:
        return set()
    period = f"{DATASET}/period"
    return _triples(
        (DATASET, terms.DCTERMS + "temporal", ox.NamedNode(period)),
        (period, _TYPE, ox.NamedNode(terms.DCTERMS + "PeriodOfTime")),
        (period, _DCAT + "startDate", _literal(f"{min(years)}{_APRIL}", "date")),
        (period, _DCAT + "endDate", _literal(f"{max(years) + 1}{_MARCH}", "date")),
    )


def _distributions(files: Files) -> set[ox.Triple]:
    return {triple for name, (media, content) in files.items() for triple in _distribution(name, media, content)}


def _distribution(name: str, media: str, content: bytes) -> set[ox.Triple]:
    node, about = f"{DATASET}/distribution/{name}", formats()[media]
    checksum, place = f"{node}/checksum", ox.NamedNode(f"{terms.BASE}data/{name}")
    kind, code = ox.NamedNode(_MEDIA + media), ox.NamedNode(f"{_FILE_TYPES}/{about['code']}")
    found = _triples(
        (DATASET, _DCAT + "distribution", ox.NamedNode(node)),
        (node, _TYPE, ox.NamedNode(_DCAT + "Distribution")),
        (node, terms.DCTERMS + "title", ox.Literal(name)),
        *((node, terms.DCTERMS + "description", ox.Literal(about[lg], language=lg)) for lg in ("en", "ja")),
        (node, _DCAT + "accessURL", place),
        (node, _DCAT + "downloadURL", place),
        (node, _DCAT + "mediaType", kind),
        (kind.value, _TYPE, ox.NamedNode(terms.DCTERMS + "MediaType")),
        (node, terms.DCTERMS + "format", code),
        (code.value, _TYPE, ox.NamedNode(terms.DCTERMS + "MediaTypeOrExtent")),
        (code.value, terms.SKOS + "inScheme", ox.NamedNode(_FILE_TYPES)),
        (node, _DCAT + "byteSize", _literal(str(len(content)), "nonNegativeInteger")),
        (node, terms.DCTERMS + "license", ox.NamedNode(LICENCE)),
        (node, _AVAILABILITY, _LASTING),
        (node, _SPDX + "checksum", ox.NamedNode(checksum)),
        (checksum, _TYPE, ox.NamedNode(_SPDX + "Checksum")),
        (checksum, _SPDX + "algorithm", ox.NamedNode(_SPDX + "checksumAlgorithm_sha256")),
        (checksum, _SPDX + "checksumValue", _literal(hashlib.sha256(content).hexdigest(), "hexBinary")),
    )
    if media == CSV_METADATA:
        found |= _triples((node, terms.DCTERMS + "conformsTo", ox.NamedNode(_CSV_ON_THE_WEB)))
    return found


def _literal(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(terms.XSD + datatype))


def _triples(*rows: tuple[str, str, ox.NamedNode | ox.Literal]) -> set[ox.Triple]:
    return {ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in rows}
