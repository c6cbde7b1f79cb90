"""Read untrusted RDF in any format, without network access, with limits on size and depth, and with clear errors.

Oxigraph's parsers read the text, first in a worker, which may crash. Input on which they have no limits is rejected
before: XML with a DOCTYPE (entities can expand without end) or deep nesting (quadratic time), and JSON-LD with a remote
context.
"""

import re
from functools import partial
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import InputError, check_choice
from kg.files.read import read_file
from kg.worker import Limits, run

FORMS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".n3": ox.RdfFormat.N3,
}
DATA_FORMATS = {"rdfxml" if ending == ".rdf" else ending[1:]: form for ending, form in FORMS.items()}
_ALSO = {
    ".turtle": ox.RdfFormat.TURTLE,
    ".ntriples": ox.RdfFormat.N_TRIPLES,
    ".nquads": ox.RdfFormat.N_QUADS,
    ".rdfxml": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".json": ox.RdfFormat.JSON_LD,
}
_SEVERAL = {".owl", ".rdfs", ".gz", ""}  # endings of files in several formats: the content decides
LARGEST = 2**30  # bytes; larger files belong into a store on disk
_REMEDY = "load it into a store on disk and use --endpoint"
_LONGEST = 2**24  # bytes of one IRI or literal
DEEPEST = 256  # nested XML elements
_DEEPEST_TRIPLE = 32  # triples about triples
_GZIP = b"\x1f\x8b"


def read_quads(path: Path, data_format: str | None = None) -> list[ox.Quad]:
    """Return the statements of an RDF file, also of a compressed one (gzip).

    The format is one of DATA_FORMATS; by default, it is given by the ending of the name, or else by the content. Raises
    InputError with the file and the line of a syntax error, UsageError for an unknown format.
    """
    check_choice("--data-format", data_format, DATA_FORMATS)
    return parse_bytes(read_file(path, LARGEST, _REMEDY), data_format, str(path))


def parse_bytes(data: bytes, data_format: str | None = None, name: str = "standard input") -> list[ox.Quad]:
    """Return the statements of the content of a file; `name` is its path. Raises as `read_quads` does."""
    check_choice("--data-format", data_format, DATA_FORMATS)
    ending = Path(name).suffix.lower()
    if data.startswith(_GZIP):
        data = _unpacked(data, name)
        ending = Path(name[: -len(ending)]).suffix.lower() if ending == ".gz" else ending
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name}:{line}: cannot be read as UTF-8 text: byte 0x{data[error.start]:02x}") from error
    form = DATA_FORMATS[data_format] if data_format else FORMS.get(ending, _ALSO.get(ending))
    if form or ending in _SEVERAL:
        return parse_text(text, form, name)
    try:
        return parse_text(text, None, name)
    except InputError as error:
        known = ", ".join((*FORMS, ".xml", ".owl", ".json"))
        fault = str(error).removeprefix(name).lstrip(": ")
        raise InputError(
            f"{name}: unknown kind of file; known: {known}, also with .gz; --data-format says which it is; as Turtle: "
            f"{fault}"
        ) from error


def parse_text(text: str, form: ox.RdfFormat | None = None, name: str = "standard input") -> list[ox.Quad]:
    """Return the statements of a text; without a format, it is guessed from the beginning of the text.

    Raises InputError with the line if the text does not parse, is rejected, or is too much for the parser.
    """
    if not text.strip():
        raise InputError(f"{name}: is empty")
    errors: list[SyntaxError] = []
    limits = Limits(60 + (len(text) >> 22), (2 << 30) + 16 * len(text))
    for candidate in (form,) if form else _forms_of(text):
        fault = run(partial(_find_fault, text, candidate, name), limits, f"{name}: reading it", InputError).decode()
        if not fault:
            return list(ox.parse(text, format=candidate))
        line, _, said = fault.partition(":")
        errors.append(SyntaxError(said, (name, int(line), None, None)))
    said = " ".join(str(errors[0].msg).split())[:200]
    raise InputError(f"{name}:{errors[0].lineno}: does not parse: {said}")


def _find_fault(text: str, form: ox.RdfFormat, name: str, output: IO[bytes]) -> None:
    """Parse a text and write `line:message` of its syntax error, if it has one: the task of a worker.

    Raises InputError for what is rejected, also for triples that are nested in triples too deeply: what works on such a
    term is recursive.
    """
    if form == ox.RdfFormat.RDF_XML:
        _refuse_wild_xml(text, name)
    elif form == ox.RdfFormat.JSON_LD:
        _refuse_remote_contexts(text, name)
    try:
        quads = list(ox.parse(text, format=form))
    except SyntaxError as error:
        output.write(f"{error.lineno or 1}:{error.msg}".encode())
        return
    except MemoryError as error:  # the parser takes up to 16 MB for one IRI or literal
        raise InputError(f"{name}: contains a value of more than {_LONGEST // 2**20} MB, which is not read") from error
    if any(isinstance(quad.object, ox.Triple) and _is_deep(quad.object) for quad in quads):
        raise InputError(f"{name}: triples are nested in triples deeper than {_DEEPEST_TRIPLE} levels")


def _is_deep(term: object) -> bool:
    for _ in range(_DEEPEST_TRIPLE):
        if not isinstance(term, ox.Triple):
            return False
        term = term.object
    return True


def _too_large(name: str) -> InputError:
    return InputError(f"{name}: larger than {LARGEST // 2**20} MB; {_REMEDY}")


def _unpacked(data: bytes, name: str) -> bytes:
    import gzip
    import io
    import zlib

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{name}: cannot be unpacked: {error}") from error
    if len(unpacked) > LARGEST:
        raise _too_large(name)
    return unpacked


def _forms_of(text: str) -> tuple[ox.RdfFormat, ...]:
    """Return the possible formats of a text; TriG includes Turtle and N-Triples."""
    begin = text.lstrip()[:200]
    if re.match(r"<(\?xml|!--|!DOCTYPE|[\w.-]+:RDF\b|RDF\b)", begin):
        return (ox.RdfFormat.RDF_XML,)
    if re.match(r'\{\s*"|\[\s*\{', begin):
        return (ox.RdfFormat.JSON_LD,)
    return (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS)


def _refuse_wild_xml(text: str, name: str) -> None:
    from xml.sax import SAXParseException
    from xml.sax.handler import ContentHandler

    from defusedxml import DTDForbidden
    from defusedxml.expatreader import create_parser

    class Depth(ContentHandler):
        depth = 0

        def startElement(self, *_: object) -> None:  # noqa: N802 — SAX calls it so
            self.depth += 1
            if self.depth > DEEPEST:
                raise InputError(f"{name}:{parser.getLineNumber()}: nested deeper than {DEEPEST} elements")

        def endElement(self, _: str) -> None:  # noqa: N802
            self.depth -= 1

    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(Depth())
    try:
        parser.feed(text.encode())
        parser.close()
    except DTDForbidden as error:
        raise InputError(f"{name}:{parser.getLineNumber()}: RDF/XML with a DOCTYPE is not read") from error
    except SAXParseException as error:
        raise InputError(f"{name}:{error.getLineNumber()}: does not parse: {error.getMessage()}") from error
    except InputError:
        raise
    except (LookupError, ValueError) as error:  # an encoding such as UTF-7, by which a DOCTYPE could be hidden
        raise InputError(f"{name}:1: does not parse: RDF/XML is read in UTF-8, not in another encoding") from error


def _refuse_remote_contexts(text: str, name: str) -> None:
    import json

    def visit(pairs: list[tuple[str, object]]) -> dict[str, object]:
        for key, value in pairs:
            if key == "@import" or (key == "@context" and _names_a_document(value)):
                raise InputError(f"{name}: names a JSON-LD context elsewhere ({value}); put the context into the file")
        return dict(pairs)

    try:
        json.loads(text, object_pairs_hook=visit, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}:{error.lineno}: does not parse: {error.msg}") from error
    except RecursionError as error:
        raise InputError(f"{name}: nested too deeply to be read") from error


def _names_a_document(context: object) -> bool:
    return isinstance(context, str) or (isinstance(context, list) and any(isinstance(c, str) for c in context))
