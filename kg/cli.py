"""The command line: the library's verbs, their options and their exit codes; no logic of its own."""

from __future__ import annotations

import argparse
import json
import locale
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kg.errors import InputError, KgError, UsageError

if TYPE_CHECKING:
    from kg.answers import Answer
    from kg.stored import Question

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
    """A parser whose mistakes are UsageErrors, so that all errors look alike; options are written in full."""

    def __init__(self, **settings: Any) -> None:
        """Make a parser that takes no abbreviated options."""
        super().__init__(**{"allow_abbrev": False, **settings})

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

    def verb(
        name: str, summary: str, handler: Callable[[argparse.Namespace, list[str]], int], **settings: Any
    ) -> _Parser:
        text = f"{_EXAMPLES[name]}\n{summary}"
        sub = verbs.add_parser(name, help=summary, description=text, formatter_class=_LOOSE, **settings)
        sub.set_defaults(handler=handler)
        return sub

    ask = verb("ask", "Answer a question asked in English or Japanese.", _ask)
    ask.add_argument("text", nargs="+", help="the question")
    query = verb("query", "Run a stored question, or list them.", _query, add_help=False)
    query.add_argument("-h", "--help", action="store_true", help="this help; with a question, that question's")
    query.add_argument("question", nargs="?", help="its name; without one, all are listed")
    query.set_defaults(open_ended=True, parser=query)
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
    build.add_argument(
        "--facts", type=Path, metavar="DIR", help="the folder of fact tables (default: the package's own)"
    )
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


def _format(arguments: argparse.Namespace) -> str:
    return str(arguments.format or ("table" if sys.stdout.isatty() and not arguments.output else "tsv"))


def _finish(answer: Answer, arguments: argparse.Namespace, language: str) -> int:
    from kg.formats import write

    colour = sys.stdout.isatty() and not arguments.output and "NO_COLOR" not in os.environ
    form = _format(arguments)
    _emit(write(answer, form, language, colour=colour), arguments.output)
    if form in {"csv", "tsv", "jsonl"}:
        for line in (answer.sentence, *answer.notes):
            print(line[language], file=sys.stderr)
    return 1 if arguments.fail_if_empty and not answer.rows else 0


def _ask(arguments: argparse.Namespace, _: list[str]) -> int:
    import kg
    from kg.understanding import command

    text = " ".join(arguments.text)
    language = arguments.lang or ("ja" if not text.isascii() else "en")
    reply = kg.ask(text, lang=language)
    if reply.answer is None:
        nearest = "\n".join(f"  {way.question.summary[language]}\n    {command(way)}" for way in reply.ways)
        raise UsageError(f"not sure what is meant by {text!r}; the nearest questions:\n{nearest}")
    print(f"understood as: {command(reply.ways[0])}", file=sys.stderr)
    return _finish(reply.answer, arguments, language)


def _query(arguments: argparse.Namespace, rest: list[str]) -> int:
    from kg.stored import catalogue, load_question

    language = _language(arguments)
    if arguments.question is None:
        if arguments.help:
            arguments.parser.print_help()
            return 0
        if rest:
            raise UsageError(f"name a question before {rest[0]}")
        _emit(list_questions(catalogue(), language), arguments.output)
        return 0
    question = load_question(arguments.question)
    if arguments.help:
        _emit(describe_question(question, language), None)
        return 0
    import kg

    answer = kg.query(question.name, lang=language, **_pairs(rest))
    return _finish(answer, arguments, language)


def _pairs(rest: Sequence[str]) -> dict[str, str]:
    """Read `--name value` and `--name=value`."""
    found: dict[str, str] = {}
    words = list(rest)
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            raise UsageError(f"{word}: parameters are written --name value")
        name, equals, value = word[2:].partition("=")
        if not equals:
            if not words or words[0].startswith("--"):
                raise UsageError(f"--{name} needs a value")
            value = words.pop(0)
        if name in found:
            raise UsageError(f"--{name} is given twice")
        found[name] = value
    return found


def _sparql(arguments: argparse.Namespace, _: list[str]) -> int:
    import kg
    from kg.formats import write_triples

    text = _query_text(arguments.query)
    answer = kg.sparql(text, data=arguments.data, allow_service=arguments.allow_service)
    if isinstance(answer, bool):
        _emit(
            json.dumps({"head": {}, "boolean": answer}) + "\n"
            if _format(arguments) == "json"
            else f"{str(answer).lower()}\n",
            arguments.output,
        )
        return 0
    if isinstance(answer, list):
        _emit(write_triples(answer), arguments.output)
        return 1 if arguments.fail_if_empty and not answer else 0
    return _finish(answer, arguments, _language(arguments))


def _query_text(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if "{" in given:
        return given
    try:
        return Path(given).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{given}: neither a query nor a readable file: {error}") from error


def _find(arguments: argparse.Namespace, _: list[str]) -> int:
    import kg

    return _finish(kg.find(" ".join(arguments.text), limit=arguments.limit), arguments, _language(arguments))


def _show(arguments: argparse.Namespace, _: list[str]) -> int:
    import kg

    language = _language(arguments)
    return _finish(kg.show(" ".join(arguments.thing), lang=language), arguments, language)


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


def list_questions(questions: Sequence[Question], language: str) -> str:
    """Return the stored questions by topic, each with its name and its parameters."""
    topics: dict[str, list[Question]] = {}
    for question in questions:
        topics.setdefault(question.tags[0] if question.tags else "other", []).append(question)
    out = []
    for topic in sorted(topics):
        out.append(f"{topic}:")
        for question in topics[topic]:
            parameters = " ".join(p.option if p.required else f"[{p.option}]" for p in question.parameters)
            out += [f"  {question.name} {parameters}".rstrip(), f"      {question.summary[language]}"]
    return "\n".join(out) + "\n"


def describe_question(question: Question, language: str) -> str:
    """Return a stored question's help: an example, what it asks, its parameters and its columns."""
    example = " ".join(f'{p.option} "{p.example}"' for p in question.parameters if p.example and p.required)
    out = [f"example:\n  kg query {question.name} {example}".rstrip(), "", question.summary[language]]
    if question.parameters:
        out += ["", "parameters:"]
        for p in question.parameters:
            state = "required" if p.required else f"default {p.default}" if p.default else "optional"
            out.append(f"  {p.option:16} {p.label[language]} ({state}{f', such as {p.example}' if p.example else ''})")
    out += ["", "columns:", *(f"  {name:16} {label[language]}" for name, label in question.columns.items())]
    return "\n".join(out) + "\n"


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
