"""Draw a picture by name and write it in a format."""

from collections.abc import Sequence
from dataclasses import fields, replace
from importlib import import_module
from itertools import product
from typing import Any, Protocol, cast

from kg import terms
from kg.errors import KgError, UsageError, unknown
from kg.funding import scope
from kg.funding.scope import Ask, Scope
from kg.pictures import FORMATS, kind_names
from kg.pictures.canvas.svg import Scene, write_svg
from kg.pictures.page import filters
from kg.pictures.page.page import LONGEST, Narrowed, Option, View, write_page
from kg.stores.embedded import Store


class Picture(Protocol):
    """The interface of a module or folder in kg/pictures/kinds/; its name is the kind of picture.

    A picture may also have `narrow` (its marks under a filter), `views` and `name` (views other than years and phases),
    and `MEASURES` (what the size of a mark can show).
    """

    SUMMARY: dict[str, str]
    OPTIONS: tuple[str, ...]

    def read(self, ask: Ask, choice: Scope) -> Any:
        """Return the data of the picture from stored questions, as a dataclass of its own."""

    def scene(self, data: Any, lang: str) -> Scene:
        """Return the data as a scene in one language."""


def load_picture(kind: str) -> Picture:
    """Return the module of a picture. Raises UsageError for an unknown kind, KgError if it is incomplete."""
    if kind not in kind_names():
        raise unknown("picture", kind, kind_names())
    picture = import_module(f"kg.pictures.kinds.{kind}")
    if lacking := [name for name in ("SUMMARY", "OPTIONS", "read", "scene") if not hasattr(picture, name)]:
        raise KgError(f"kg/pictures/kinds/{kind}: it lacks {', '.join(lacking)}; see Picture in {__name__}")
    return cast("Picture", picture)


def draw(kind: str, form: str, choice: Scope, lang: str, store: Store) -> str | bytes:
    """Return a picture as text (html, svg) or bytes (png, pdf).

    Raises UsageError for an unknown kind, format or choice, RenderError if this machine lacks what the format needs.
    """
    picture = load_picture(kind)
    if form not in FORMATS:
        raise unknown("format", form, FORMATS)
    _refuse_others(kind, picture, choice)
    ask = scope.asker(store)
    choices = views_of(picture, ask, choice)
    if form == "html":
        return _page(kind, picture, [_view(picture, ask, each) for each in choices], lang, choice.size)
    scene = picture.scene(picture.read(ask, choices[0]), lang)
    if form == "svg":
        return write_svg(scene)
    from kg.pictures.canvas import render

    if form == "png":
        return render.to_png(write_svg(scene))
    return render.to_pdf(write_svg(scene, printed=True), scene.width, scene.height)


def _page(kind: str, picture: Picture, views: Sequence[View], lang: str, size: str | None) -> str:
    """Return the page, without filters if they would make it too large."""
    measures = getattr(picture, "MEASURES", {})
    page = write_page(kind, views, lang, measures, size)
    if len(page.encode()) > LONGEST:
        page = write_page(kind, [replace(view, filters={}, narrowed={}) for view in views], lang, measures, size)
    return page


def views_of(picture: Picture, ask: Ask, choice: Scope) -> list[Scope]:
    """Return the views on a page: one per fiscal year and phase if the picture has them, or else one."""
    if (own := getattr(picture, "views", None)) is not None:
        return list(own(ask, choice))
    known = {"fiscal_year", "phase"} & set(picture.OPTIONS)
    if known == {"fiscal_year", "phase"}:
        return scope.views(ask, choice)
    if known == {"fiscal_year"} and choice.fiscal_year is None:
        return [replace(choice, fiscal_year=year) for year in scope.years(ask)]
    return [choice]


def _refuse_others(kind: str, picture: Picture, choice: Scope) -> None:
    for field in fields(choice):
        if getattr(choice, field.name) is not None and field.name not in picture.OPTIONS:
            option = "--" + field.name.replace("_", "-")
            taken = ", ".join("--" + name.replace("_", "-") for name in picture.OPTIONS)
            raise UsageError(f"{kind} has no option {option}; it takes {taken or 'none'}")


def _view(picture: Picture, ask: Ask, choice: Scope) -> View:
    data = picture.read(ask, choice)
    scenes = {lang: picture.scene(data, lang) for lang in ("en", "ja")}
    narrowed, filters = _narrowed(picture, ask, choice, data)
    given = {name.replace("_", "-"): terms.local_name(text) for name, text in choice.given().items()}
    if hasattr(picture, "views"):
        name = {lang: picture.name(data, lang) for lang in scenes}  # type: ignore[attr-defined]
        return View(
            terms.local_name(choice.part or choice.fiscal_year or "all"), name, scenes, given, filters, narrowed
        )
    names = scope.read_names(ask, ask("funding", {"fiscalYear": scope.ANY}))
    year, phase = choice.fiscal_year or scope.ANY, terms.local_name(choice.phase or scope.ANY)
    name = {lang: scope.period(choice, names, lang) for lang in scenes}
    return View(f"{year}-{phase}", name, scenes, given, filters, narrowed)


def _narrowed(picture: Picture, ask: Ask, choice: Scope, data: Any) -> tuple[Narrowed, dict[str, list[Option]]]:
    """Return the marks under each filter of the picture, by filter and language, and the filters."""
    narrow = getattr(picture, "narrow", None)
    if narrow is None:
        return {}, {}
    domains, evidence = filters.offered(ask, choice, picture.OPTIONS, data.money)
    names = scope.read_names(ask, ask("domains", {}), ask("evidence", {}), data.money.answer)
    found: Narrowed = {}
    for domain, each in product(("", *domains), ("", *evidence)):
        chosen = filters.Filter(domain, each)
        money = filters.narrowed(ask, data.money, chosen)
        if (domain or each) and money.working.rows:
            key = f"{terms.local_name(domain)}|{terms.local_name(each)}"
            found[key] = (
                {lang: narrow(data, money, chosen, ask, lang) for lang in ("en", "ja")} if money.working.rows else {}
            )
    options = {"domain": domains, "evidence": evidence}
    return found, {name: [_option(iri, names) for iri in iris] for name, iris in options.items() if iris}


def _option(iri: str, names: scope.Names) -> Option:
    return terms.local_name(iri), {lang: names.full(iri, lang) for lang in ("en", "ja")}
