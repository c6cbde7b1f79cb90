"""The prefixes under which Turtle and TriG name what they hold, such that every reader understands the names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg import terms

_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_IN_A_NAME = r'(?:[^\s"<>\\;,]|\\.)*'
# A text, an IRI, or a name with an escape in it, each as the serialiser writes it.
_TOKEN = re.compile(
    rf'"(?:[^"\\]|\\.)*"|<[^>]*>|(?P<prefix>[A-Za-z][\w-]*):(?P<local>{_IN_A_NAME}\\.{_IN_A_NAME})', re.ASCII
)


def prefixes_of(statements: Iterable[ox.Quad | ox.Triple]) -> dict[str, str]:
    """Return the usual prefixes that occur, and one for each kind of entity, as in `institution:riken`.

    Where several names lie deeper, their folder has a prefix too, as in `passage-some-document:12-13`, since many
    readers take no slash in a local name, escaped or not.
    """
    used = set(_iris(statements))
    firsts = {iri.removeprefix(terms.ID).split("/", 1)[0] for iri in used if iri.startswith(terms.ID)}
    kinds = filter(_NAME.fullmatch, firsts)
    known = {p: ns for p, ns in terms.PREFIXES.items() if any(i.startswith(ns) for i in used) and ns != terms.ID}
    found = {**{kind: f"{terms.ID}{kind}/" for kind in kinds}, **known}
    return {**_deeper(used, found), **found}


def _iris(statements: Iterable[ox.Quad | ox.Triple]) -> Iterator[str]:
    for s in statements:
        for node in (s.subject, s.predicate, s.object, *([s.graph_name] if isinstance(s, ox.Quad) else [])):
            if isinstance(node, ox.NamedNode):
                yield node.value
            elif isinstance(node, ox.Literal):
                yield node.datatype.value


def _deeper(iris: Iterable[str], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return a prefix for each folder below a namespace that holds two names or more."""
    longest = sorted(prefixes.items(), key=lambda item: -len(item[1]))
    folders: Counter[tuple[str, str]] = Counter()
    for iri in iris:
        name, namespace = next(((p, ns) for p, ns in longest if iri.startswith(ns)), ("", ""))
        folder, slash, _ = iri[len(namespace) :].rpartition("/")
        if namespace and slash:
            folders["-".join([name, *folder.split("/")]), f"{namespace}{folder}/"] += 1
    several = {name: folder for (name, folder), count in sorted(folders.items()) if count > 1}
    return {name: folder for name, folder in several.items() if _NAME.fullmatch(name)}


def without_escapes(turtle: str, prefixes: Mapping[str, str]) -> str:
    """Return Turtle or TriG in which a name that would need an escape is a full IRI: few readers know the escapes."""

    def written(match: re.Match[str]) -> str:
        if match["local"] is None:
            return match[0]
        return f"<{prefixes[match['prefix']]}{_plain(match['local'])}>"

    return "\n".join(_TOKEN.sub(written, line) if "\\" in line else line for line in turtle.split("\n"))


def _plain(local: str) -> str:
    return re.sub(r"\\(.)", r"\1", local)
