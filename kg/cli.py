"""The command line: the library's verbs, their options and their exit codes; no logic of its own."""

from __future__ import annotations

import argparse
import locale
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from kg.errors import InputError, KgError, UsageError

TABLE_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "html")
_LOOSE = argparse.RawDescriptionHelpFormatter

_EXAMPLES = {
    "": """examples:
  kg ask "which programs fund quantum security?"
  kg query funding --domain "quantum security" --fiscal-year 2020
  kg show RIKEN
""",
    "ask": """examples:
  kg ask "which programs fund quantum security?"
  kg ask 量子暗号に資金を出す事業は？
  kg ask "S&T budget of MEXT in 2019" --format json
""",
    "query": """examples:
  kg query                                   the stored questions, by topic
  kg query programmes-funding-domain --domain "quantum security" --fiscal-year 2020
  kg query funding --institution RIKEN --format csv
""",
    "sparql": """examples:
  kg sparql 'SELECT * { ?s ?p ?o } LIMIT 5'
  kg sparql question.rq --format csv
  cat question.rq | kg sparql - --data other.ttl
""",
    "find": """examples:
  kg find 暗号
  kg find "open platfrom"
  kg find 01sjwvz98
""",
    "show": """examples:
  kg show RIKEN
  kg show 量子セキュリティ
  kg show q-leap --format json
""",
    "build": """examples:
  kg build                                   write kg/innovation-strategy.trig and .ttl
  kg build --check                           only say whether the committed files are fresh
  kg build --facts my-facts -o my.trig
""",
    "coverage": """examples:
  kg coverage source.txt                     the lines that nobody cites, the numbers that nobody carries
  kg coverage source.txt --all               every line with the facts that cite it
  kg coverage source.txt --format json
""",
    "export": """examples:
  kg export -f nq -o graph.nq
  kg export -f ttl > graph.ttl
  kg export -f trig --no-inferred -o graph.trig
""",
}


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are UsageErrors, so that all errors look alike."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of leaving.

        Raises UsageError.
        """
        raise UsageError(f"{message}\ntry: {self.prog} --help")


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code.

    0 all is well; 1 the data is at fault, or nothing was found and --fail-if-empty was given; 2 the call is at fault;
    3 an input cannot be read; 4 a remote store failed.
    """
    try:
        arguments, rest = _parser().parse_known_args(list(argv))
        handler: Callable[[argparse.Namespace, list[str]], int] | None = getattr(arguments, "handler", None)
        if handler is None:
            _parser().print_help()
            return 0
        if rest and not getattr(arguments, "open_ended", False):
            raise UsageError(f"unrecognized arguments: {' '.join(rest)}\ntry: kg {arguments.verb} --help")
        return handler(arguments, rest)
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="kg",
        description=_EXAMPLES[""] + "\nA knowledge graph of Japan's national innovation strategy.",
        formatter_class=_LOOSE,
    )
    parser.add_argument("--version", action="version", version=f"kg {_version()}")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", dest="verb", parser_class=_Parser)

    def verb(name: str, summary: str, handler: Callable[[argparse.Namespace, list[str]], int]) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=summary, description=f"{_EXAMPLES[name]}\n{summary}", formatter_class=_LOOSE)
        sub.set_defaults(handler=handler)
        return sub

    ask = verb("ask", "Answer a question asked in English or Japanese.", _ask)
    ask.add_argument("text", nargs="+", help="the question")
    query = verb("query", "Run a stored question, or list them.", _query)
    query.add_argument("question", nargs="?", help="its name; without one, all are listed")
    query.set_defaults(open_ended=True)
    sparql = verb("sparql", "Run any SPARQL 1.1 query (reading only).", _sparql)
    sparql.add_argument("query", help="the query, a file that holds it, or - for standard input")
    sparql.add_argument("--data", type=Path, metavar="FILE", help="query this RDF file instead of the shipped graph")
    sparql.add_argument("--allow-service", action="store_true", help="let the query reach other endpoints (SERVICE)")
    find = verb("find", "Find things by (part of) a name, an abbreviation or an identifier.", _find)
    find.add_argument("text", nargs="+", help="what to look for")
    find.add_argument("--limit", type=int, default=20, help="at most so many (default 20)")
    show = verb("show", "All that is known of one thing, with page and lines.", _show)
    show.add_argument("thing", nargs="+", help="a name, an id such as q-leap, or an IRI")
    for sub in (ask, query, sparql, find, show):
        _answer_options(sub)
    build = verb("build", "Build the graph from the fact tables.", _build)
    build.add_argument("--facts", type=Path, metavar="DIR", help="the folder of fact tables (default: the package's own)")
    build.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the dataset here, as TriG")
    build.add_argument("--check", action="store_true", help="write nothing; exit 1 when the built files are stale")
    coverage = verb("coverage", "Compare the facts with the text of their source.", _coverage)
    coverage.add_argument("source", type=Path, help="the text of the source document")
    coverage.add_argument("--all", action="store_true", help="list every line, not only the gaps")
    coverage.add_argument("--document", default="science-technology-budget-2020", help="which document's facts")
    coverage.add_argument("--format", choices=("text", "json"), default="text")
    export = verb("export", "Write the graph for other systems.", _export)
    export.add_argument("-f", "--format", choices=("nq", "trig", "ttl", "nt"), default="ttl")
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    export.add_argument("--no-inferred", action="store_true", help="leave out what is inferred")
    return parser


def _version() -> str:
    from kg import __version__

    return __version__


def _answer_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("answer")
    group.add_argument("--format", choices=TABLE_FORMATS, help="default: table on a terminal, tsv when piped")
    group.add_argument("--lang", choices=("en", "ja"), help="language of the answer (default: that of the terminal)")
    group.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    group.add_argument("--fail-if-empty", action="store_true", help="exit 1 when nothing is found")


def _language(arguments: argparse.Namespace) -> str:
    if arguments.lang:
        return str(arguments.lang)
    setting = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ja" if (setting or locale.getlocale()[0] or "").startswith("ja") else "en"


def _emit(text: str | bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(text.encode() if isinstance(text, str) else text)
        sys.stdout.buffer.flush()
        return
    from kg.files import write_beside

    write_beside(output, text)


def _ask(arguments: argparse.Namespace, _: list[str]) -> int:
    raise UsageError("not yet")


def _query(arguments: argparse.Namespace, rest: list[str]) -> int:
    raise UsageError("not yet")


def _sparql(arguments: argparse.Namespace, _: list[str]) -> int:
    raise UsageError("not yet")


def _find(arguments: argparse.Namespace, _: list[str]) -> int:
    raise UsageError("not yet")


def _show(arguments: argparse.Namespace, _: list[str]) -> int:
    raise UsageError("not yet")


def _build(arguments: argparse.Namespace, _: list[str]) -> int:
    from kg import paths
    from kg.build import build, write

    built = build(arguments.facts or paths.FACTS)
    if arguments.check:
        stale = [p for p, text in ((paths.DATASET, built.trig), (paths.GRAPH_TTL, built.turtle)) if _read(p) != text]
        for path in stale:
            print(f"kg: {path.name} is stale: run kg build", file=sys.stderr)
        return 1 if stale else 0
    if arguments.output:
        _emit(built.trig, arguments.output)
    elif arguments.facts:
        raise UsageError("--facts needs -o FILE: the package's own graph is built from its own tables only")
    else:
        write(built)
    print(f"{len(built.quads):,} statements", file=sys.stderr)
    return 0


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None


def _coverage(arguments: argparse.Namespace, _: list[str]) -> int:
    import pyoxigraph as ox

    from kg import paths
    from kg.coverage import as_json, as_text, compare, read_source

    source = read_source(arguments.source)
    quads = ox.parse(path=str(paths.DATASET), format=ox.RdfFormat.TRIG)
    coverage = compare(source, quads, arguments.document)
    _emit(as_json(coverage) if arguments.format == "json" else as_text(coverage, every_line=arguments.all), None)
    return 0 if coverage.complete else 1


def _export(arguments: argparse.Namespace, _: list[str]) -> int:
    from kg.exports import export

    _emit(export(arguments.format, inferred=not arguments.no_inferred), arguments.output)
    return 0
