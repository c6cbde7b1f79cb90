"""`kg export`: the graph for other systems."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.console import emit, pairs, say
from kg.errors import UsageError

SUMMARY = "Write the graph, or a part of it, for other systems."
EXAMPLES = """  kg export -f nq -o graph.nq
  kg export -f jsonld --thing RIKEN --depth 1
  kg export -f ttl --query programmes-funding-domain --domain "quantum security"
"""


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options; with --query, the question's parameters stay in `rest`."""
    parser.add_argument("-f", "--format", default="ttl", help="the form (default ttl); --list names them all")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a file, or a folder for forms of several files"
    )
    parser.add_argument("--list", action="store_true", help="list the forms")
    group = parser.add_argument_group("what to take (default: everything)")
    group.add_argument("--graph", metavar="NAME", help="one named graph, such as common, ontology, inferred, release")
    group.add_argument("--no-inferred", action="store_true", help="leave out what is inferred")
    group.add_argument("--no-background", action="store_true", help="leave out facts from other sources")
    group.add_argument("--no-ontology", action="store_true", help="leave out the ontology and code lists")
    group.add_argument("--thing", metavar="NAME", help="one thing and its surroundings")
    group.add_argument("--depth", type=int, default=1, help="how many steps from it (default 1; 0: only it)")
    group.add_argument("--query", metavar="QUESTION", help="the things in the answer to a stored question")
    group.add_argument("--only-lang", choices=("en", "ja"), help="texts in one language only")
    parser.add_argument(
        "--lang", choices=("en", "ja"), default="en", help="language of names where a form has one only"
    )
    parser.set_defaults(open_ended=True)


def run(arguments: argparse.Namespace) -> int:
    """Write the graph.

    Raises UsageError.
    """
    import kg
    from kg.answers import run as run_question
    from kg.exports import FORMS, export
    from kg.exports.forms import load_forms
    from kg.exports.select import Choice
    from kg.resolve import find_thing
    from kg.stored import load_question

    if arguments.list:
        load_forms()
        emit("".join(f"{form.name:14} {form.summary}\n" for form in FORMS.values()), arguments.output)
        return 0
    if arguments.rest and not arguments.query:
        raise UsageError(f"unrecognized arguments: {' '.join(arguments.rest)}\ntry: kg export --help")
    things: list[str] = []
    depth = max(arguments.depth, 0)
    if arguments.thing:
        things.append(find_thing(arguments.thing, None, kg.load_store()).value)
    if arguments.query:
        answer = run_question(load_question(arguments.query), pairs(arguments.rest), kg.load_store())
        things += answer.things()
        depth = 0 if not arguments.thing else depth
        if not things:
            say(answer.sentence["en"])
            return 1
    choice = Choice(
        arguments.graph,
        not arguments.no_inferred,
        not arguments.no_background,
        not arguments.no_ontology,
        tuple(things),
        depth,
        arguments.only_lang,
    )
    content = export(arguments.format, choice, language=arguments.lang)
    if isinstance(content, str | bytes):
        emit(content, arguments.output)
        return 0
    if arguments.output is None:
        raise UsageError(f"{arguments.format} has several files: name a folder with -o")
    from kg.files import write_folder

    write_folder(arguments.output, content)
    return 0
