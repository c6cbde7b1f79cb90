"""How a page and its lines are cited: with the short title of the document if the tables hold several documents."""

from collections.abc import Iterable, Mapping

from kg import terms
from kg.tables.rows import FactRow
from kg.terms import Text

ShortTitles = Mapping[str, Text]  # by document


def short_titles(rows: Iterable[FactRow]) -> ShortTitles:
    """Return the short title of each document with pages: `shortTitle`, or else its name, or else its id.

    Nothing for a single document, which a citation need not name.
    """
    documents, cells = set[str](), dict[str, dict[str, str]]()
    for row in rows:
        if row.cls == terms.IS + "Page":
            documents.add(row.folder)
        elif row.cls == terms.IS + "Document":
            cells.setdefault(row.cells.get("id", ""), {}).update(row.cells)
    if len(documents) < 2:
        return {}
    return {
        document: {
            language: cells.get(document, {}).get(f"shortTitle@{language}")
            or cells.get(document, {}).get(f"skos:prefLabel@{language}", document)
            for language in ("en", "ja")
        }
        for document in documents
    }


def cite_page(title: Text | None, page: int) -> Text:
    """Return the name of a page of a document with a short title, or of the only document.

    >>> cite_page({"en": "Budget FY2021", "ja": "令和3年度予算"}, 4)["en"], cite_page(None, 4)["en"]
    ('Budget FY2021, p4', 'page 4')
    """
    if title is None:
        return {"en": f"page {page}", "ja": f"{page}頁"}
    return {"en": f"{title['en']}, p{page}", "ja": f"{title['ja']}{page}頁"}


def cite_lines(title: Text | None, page: int, first: int, last: int) -> Text:
    """Return the citation of lines on a page.

    >>> cite_lines({"en": "Budget FY2021", "ja": "令和3年度予算"}, 4, 7, 8)["en"], cite_lines(None, 4, 7, 7)["en"]
    ('Budget FY2021, p4 l7–8', 'page 4, line 7')
    """
    lines = str(first) if first == last else f"{first}–{last}"
    where = cite_page(title, page)
    line = f", line{'s' * (first != last)} " if title is None else " l"
    return {"en": f"{where['en']}{line}{lines}", "ja": f"{where['ja']}{lines}行"}
