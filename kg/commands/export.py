"""`kg export`: the graph in the formats of other systems."""

import argparse
from pathlib import Path

from kg.commands.shell.console import (
    BOM_HELP,
    emit,
    emit_text,
    endpoint_options,
    pairs,
    scope_of,
    scope_options,
    store_of,
)
from kg.errors import UsageError

SUMMARY = "Export the graph, or part of it, to other formats."
EXAMPLES = """  kg export -f nq -o graph.nq
  kg export -f jsonld --thing RIKEN --depth 1
  kg export -f gexf --fiscal-year 2020 --phase initial -o network.gexf
"""
_PARTS = {
    "inferred": "inferred statements",
    "background": "facts from other sources",
    "ontology": "the ontology and code lists",
}


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options; with --query, the parameters of the question remain in `rest`."""
    parser.add_argument("-f", "--format", default="ttl", help="the format (default ttl); --list lists them all")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a file, or a folder if the format has several files"
    )
    parser.add_argument("--bom", action="store_true", help=BOM_HELP)
    parser.add_argument("--list", action="store_true", help="list the formats")
    group = parser.add_argument_group("what to export (default: everything)")
    group.add_argument("--graph", metavar="NAME", help="one named graph, such as common, ontology, inferred, release")
    for part, text in _PARTS.items():
        group.add_argument(f"--no-{part}", dest=part, action="store_false", help=f"leave out {text}")
    group.add_argument(
        "--thing", dest="things", action="append", default=[], metavar="NAME", help="an entity and its surroundings"
    )
    group.add_argument(
        "--depth", type=int, default=1, help="how many steps around each --thing (default 1; 0: the entity alone)"
    )
    group.add_argument("--query", metavar="QUESTION", help="the entities in the answer to a stored question")
    group.add_argument("--only-lang", choices=("en", "ja"), help="texts in one language only")
    parser.add_argument(
        "--lang", choices=("en", "ja"), default="en", help="language of names in formats that have only one"
    )
    scope_options(
        parser, "which money (with --query: the parameters of the question)", fiscal_year="the year (default: all)"
    )
    endpoint_options(parser)
    parser.set_defaults(open_ended=True)


def run(arguments: argparse.Namespace) -> int:
    """Write the graph. Raises UsageError."""
    import kg
    from kg.commands.shell.parser import unrecognized
    from kg.exports.export import load_forms

    if arguments.list:
        forms = load_forms().values()
        emit_text("".join(f"{form.name:14}  {form.summary}\n" for form in forms), arguments.output)
        return 0
    if arguments.rest and not arguments.query:
        raise unrecognized(arguments, arguments.rest)
    content = kg.export(
        arguments.format,
        lang=arguments.lang,
        graph=arguments.graph,
        inferred=arguments.inferred,
        background=arguments.background,
        ontology=arguments.ontology,
        things=arguments.things,
        depth=arguments.depth,
        query=arguments.query,
        only_lang=arguments.only_lang,
        bom=arguments.bom,
        store=store_of(arguments),
        **{**scope_of(arguments), **pairs(arguments.rest, vars(arguments))},
    )
    if isinstance(content, str | bytes):
        emit(content, arguments.output)
        return 0
    if arguments.output is None or str(arguments.output) == "-":
        raise UsageError(f"{arguments.format} consists of several files: name a folder with -o")
    from kg.files.write import write_folder

    write_folder(arguments.output, content)
    return 0
