"""Read untrusted RDF in any format, without network access, with limits on size and depth, and with clear errors.

Oxigraph's parsers read the text. Input on which they have no limits is rejected first: XML with a DOCTYPE (entities can
expand without end) or deep nesting (quadratic time), and JSON-LD with a remote context.
"""

import re
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError

FORMS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
LARGEST = 2**30  # bytes; larger files belong into a store on disk
_LONGEST = 2**24  # bytes of one IRI or literal
DEEPEST = 256  # nested XML elements


def read_quads(path: Path) -> list[ox.Quad]:
    """Return the statements of an RDF file, in the format given by its ending.

    Raises InputError with the file and the line of a syntax error.
    """
    form = FORMS.get(path.suffix)
    if form is None:
        raise InputError(f"{path}: unknown kind of file; known: {', '.join(FORMS)}")
    try:
        if path.is_dir():
            raise InputError(f"{path}: is a folder; name a file")
        if path.stat().st_size > LARGEST:
            raise InputError(
                f"{path}: larger than {LARGEST // 2**20} MB; load it into a store on disk and use --endpoint"
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}: cannot be read as UTF-8 text: byte 0x{data[error.start]:02x}") from error
    return parse_text(text, form, str(path))


def parse_text(text: str, form: ox.RdfFormat | None = None, name: str = "standard input") -> list[ox.Quad]:
    """Return the statements of a text; without a format, it is guessed from the beginning of the text.

    Raises InputError with the line if the text does not parse or is rejected.
    """
    if not text.strip():
        raise InputError(f"{name}: is empty")
    errors = []
    for candidate in (form,) if form else _forms_of(text):
        if candidate == ox.RdfFormat.RDF_XML:
            _refuse_wild_xml(text, name)
        elif candidate == ox.RdfFormat.JSON_LD:
            _refuse_remote_contexts(text, name)
        try:
            return list(ox.parse(text, format=candidate))
        except SyntaxError as error:
            errors.append(error)
        except MemoryError as error:  # the parser takes up to 16 MB for one IRI or literal
            raise InputError(
                f"{name}: contains a value of more than {_LONGEST // 2**20} MB, which is not read"
            ) from error
    said = " ".join(str(errors[0].msg).split())[:200]
    raise InputError(f"{name}:{errors[0].lineno or 1}: does not parse: {said}") from errors[0]


def _forms_of(text: str) -> tuple[ox.RdfFormat, ...]:
    """Return the possible formats of a text; TriG includes Turtle and N-Triples."""
    begin = text.lstrip()[:200]
    if begin.startswith(("<?xml", "<rdf:RDF", "<!DOCTYPE")):
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
        json.loads(text, object_pairs_hook=visit)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}:{error.lineno}: does not parse: {error.msg}") from error
    except RecursionError as error:
        raise InputError(f"{name}: nested too deeply to be read") from error


def _names_a_document(context: object) -> bool:
    return isinstance(context, str) or (isinstance(context, list) and any(isinstance(c, str) for c in context))
