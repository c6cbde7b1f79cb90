"""Run rules on a store by SPARQL updates until nothing new follows.

The rules are sorted into strata: a rule that does not depend on its own conclusions runs once, after the rules that it
depends on; rules that depend on each other run in rounds. Rounds are semi-naive: after the first, a rule considers only
matches that include triples of the last round. Rules whose premises cannot occur are left out.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple, Variable

from kg.reasoning.axioms import TYPE
from kg.reasoning.rules import Pattern, Rule, patterns_text

DONE = "urn:done"
_LAST, _NEW = "urn:round:last", "urn:round:new"
_ADDED = "urn:round:added"
Kind = object  # a property or, for types, the pair of rdf:type and a class
Waiting = dict[Kind, list[tuple[tuple[Pattern, ...], str]]]


def close(store: Store, rules: Sequence[Rule]) -> list[Triple]:
    """Return all entailments of the default graph that are not in it.

    Conclusions that rules use are added to the default graph; the others are in the graph `DONE` only.
    """
    live = _live(store, rules)
    readers = _readers(live)
    feeds = [readers.get(kind_of(rule.head[0]), []) for rule in live]
    found: list[Triple] = []
    numbers = count()
    waiting: list[str] = []
    for group in _components(feeds):
        members = [live[i] for i in group]
        if len(group) == 1 and group[0] not in feeds[group[0]]:
            waiting += [_update_text(rule.head, patterns_text(rule.body), readers, ()) for rule in members]
            continue
        _update(store, waiting)
        waiting = []
        kept = _by_trigger(members)
        texts = [_update_text(rule.head, patterns_text(rule.body), readers, kept) for rule in members]
        found += _rounds(store, texts, kept, readers, numbers)
    _update(store, waiting)
    return found + _graph(store, DONE)


def close_again(store: Store, rules: Sequence[Rule], added: Iterable[Triple]) -> list[Triple]:
    """Add triples to a store that `close` has closed under the same rules, and return what follows now and did not.

    All conclusions of `close` must have been brought into the default graph. Only matches that include one of the added
    triples, or what follows from one, are considered. The result may repeat conclusions of `close`.
    """
    fresh = [triple for triple in dict.fromkeys(added) if Quad(*triple) not in store]
    store.extend(Quad(*triple) for triple in fresh)
    store.extend(Quad(t.subject, t.predicate, t.object, NamedNode(_ADDED)) for t in fresh)
    live = _live(store, rules)
    readers, kept = _readers(live), _by_trigger(live)
    texts = _triggered(map(kind_of, fresh), kept, readers)
    return _rounds(store, texts, kept, readers, count(), _ADDED) + _graph(store, DONE)


def _readers(rules: Sequence[Rule]) -> dict[Kind, list[int]]:
    """Return by kind the rules with a premise of it."""
    readers: dict[Kind, list[int]] = {}
    for i, rule in enumerate(rules):
        for pattern in rule.body:
            readers.setdefault(kind_of(pattern), []).append(i)
    return readers


def kind_of(pattern: Pattern | Triple) -> Kind:
    """Return the key that matches rules with triples: the property or, for types, property and class."""
    _, predicate, value = pattern
    return (TYPE, value) if predicate == TYPE else predicate


def _live(store: Store, rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules that can fire: each premise is in the store or the conclusion of a rule that can fire."""
    possible = {kind for rule in rules for kind in map(kind_of, rule.body) if _is_present(store, kind)}
    live: dict[int, None] = {}
    grown = True
    while grown:
        more = [i for i, r in enumerate(rules) if i not in live and all(kind_of(p) in possible for p in r.body)]
        live |= dict.fromkeys(more)
        possible |= {kind_of(rules[i].head[0]) for i in more}
        grown = bool(more)
    return [rules[i] for i in sorted(live)]


def _is_present(store: Store, kind: Kind) -> bool:
    predicate, value = kind if isinstance(kind, tuple) else (kind, None)
    return next(store.quads_for_pattern(None, predicate, value, DefaultGraph()), None) is not None


def _components(feeds: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the strongly connected components in topological order."""
    import networkx as nx  # imported here: it takes 0.1 s, too long for start-up

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(feeds)))
    graph.add_edges_from((node, other) for node, following in enumerate(feeds) for other in following)
    groups = nx.condensation(graph)
    for group in nx.topological_sort(groups):
        yield sorted(groups.nodes[group]["members"])


def _rounds(
    store: Store,
    texts: Sequence[str],
    waiting: Waiting,
    readers: Mapping[Kind, object],
    numbers: Iterator[int],
    last: str = "urn:round:none",
) -> list[Triple]:
    """Run updates, and those that wait for what they add, until a round adds nothing; return what others waited for."""
    found: list[Triple] = []
    new = f"urn:round:{next(numbers)}"
    while texts:
        _update(store, [text.replace(_LAST, last).replace(_NEW, new) for text in texts])
        added = _graph(store, new)
        found += added
        texts = _triggered(map(kind_of, added), waiting, readers)
        last, new = new, f"urn:round:{next(numbers)}"
    return found


def _triggered(kinds: Iterable[Kind], waiting: Waiting, readers: Mapping[Kind, object]) -> list[str]:
    """Return the updates that wait for triples of some kinds, each once."""
    updates = (update for kind in dict.fromkeys(kinds) for update in waiting.get(kind, ()))
    return list(dict.fromkeys(_update_text(head, body, readers, waiting) for head, body in updates))


def _by_trigger(rules: Iterable[Rule]) -> Waiting:
    """Return the update to run if the last round added triples of a kind: head and body."""
    waiting: Waiting = {}
    for rule in rules:
        for i, pattern in enumerate(rule.body):
            first, *rest = connected(rule.body, i)
            body = f"GRAPH <{_LAST}> {{ {patterns_text([first])} }} {patterns_text(rest)}"
            waiting.setdefault(kind_of(pattern), []).append((rule.head, body))
    return waiting


def connected(body: Sequence[Pattern], start: int) -> list[Pattern]:
    """Return the patterns of a body, starting with one, each sharing a variable with those before it if possible."""
    ordered, left = [body[start]], [pattern for i, pattern in enumerate(body) if i != start]
    bound = {slot for slot in body[start] if isinstance(slot, Variable)}
    while left:
        pattern = max(left, key=lambda p: sum(slot in bound for slot in p))
        left.remove(pattern)
        ordered.append(pattern)
        bound |= {slot for slot in pattern if isinstance(slot, Variable)}
    return ordered


def _update_text(
    head: Sequence[Pattern], body: str, readers: Mapping[Kind, object], next_round: Collection[Kind]
) -> str:
    text = patterns_text(head)
    kind = kind_of(head[0])
    kept = f"GRAPH <{_NEW if kind in next_round else DONE}> {{ {text} }}"
    into = f"{text} . {kept}" if kind in readers else kept
    return f"INSERT {{ {into} }} WHERE {{ {body} FILTER NOT EXISTS {{ {text} }} }}"


def _update(store: Store, texts: Sequence[str]) -> None:
    if texts:
        store.update(" ;\n".join(texts))


def _graph(store: Store, name: str) -> list[Triple]:
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(name))]
