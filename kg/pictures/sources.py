"""The source line of a picture: documents and pages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg import terms
from kg.funding.scope import Money, Names
from kg.paths import read_texts
from kg.rdf.nodes import Term, value


def source_note(money: Money, lang: str) -> str:
    """Return the documents and pages that the lines are read from, and whether links that are not stated are shown."""
    said = say_pages(pages_of(money.working.rows), money.names, lang)
    asked = getattr(money.answer.arguments.get("evidence"), "value", "")
    mark: str = read_texts("pictures")["all"]["unstated"][lang]
    return said if terms.local_name(asked) == "stated" else said + mark


def pages_of(rows: Iterable[Mapping[str, Term | None]]) -> dict[str, frozenset[int]]:
    """Return the pages that rows are read from, by the local name of the document."""
    pages: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        pages[document_of(row)].add(int(value(row, "page")))
    return {document: frozenset(numbers) for document, numbers in pages.items()}


def document_of(row: Mapping[str, Term | None]) -> str:
    """Return the local name of the document that a row is read from."""
    return value(row, "source").removeprefix(terms.ID + "passage/").split("/")[0]


def in_documents(documents: Iterable[str], names: Names, lang: str) -> str:
    """Return what a title says of the documents that it shows: nothing if the dataset has only one."""
    said = [names.titles.get((f"{terms.ID}document/{document}", lang), "") for document in sorted(documents)]
    joined = ("、" if lang == "ja" else "; ").join(title for title in said if title)
    return joined and (f"（{joined}）" if lang == "ja" else f" ({joined})")


def say_pages(pages: Mapping[str, Iterable[int]], names: Names, lang: str) -> str:
    """Return documents and their pages as the source line of a picture."""
    said = []
    for document, numbers in sorted(pages.items()):
        name = names.full(f"{terms.ID}document/{document}", lang)
        each = sorted(numbers)
        listed = ("、" if lang == "ja" else ", ").join(map(str, each))
        said.append(f"{name}（{listed}頁）" if lang == "ja" else f"{name}, page{'s' * (len(each) > 1)} {listed}")
    return ("出典：" if lang == "ja" else "Source: ") + ("；" if lang == "ja" else "; ").join(said)
