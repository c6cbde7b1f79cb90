"""The columns of the tables of money: headings in both languages, kinds, RDF properties."""

from __future__ import annotations

from kg import terms
from kg.exports.tables.classes import ID
from kg.exports.tables.tabular import Column, Kind

_IS = terms.IS


def _plain(
    name: str, en: str, ja: str, kind: Kind = "text", prop: str = "", note: tuple[str, str] | None = None
) -> Column:
    said = {"en": note[0], "ja": note[1]} if note else {}
    return Column(name, {"en": en, "ja": ja}, kind, _IS + prop if prop else None, note=said)


def _thing(name: str, en: str, ja: str, prop: str = "", *, several: bool = False) -> tuple[Column, ...]:
    """Return a column of ids and two columns of names."""
    separator = "" if several else None
    return (
        Column(name, {"en": en, "ja": ja}, "id", _IS + prop if prop else None, None, separator),
        Column(f"{name}_en", {"en": f"{en}: name", "ja": f"{ja}（英語名）"}, "text", None, None, separator),
        Column(f"{name}_ja", {"en": f"{en}: Japanese name", "ja": f"{ja}名"}, "text", None, None, separator),
    )


_YEAR = _plain("fiscal_year", "Fiscal year", "会計年度", "integer", "fiscalYear")
_PHASE = _plain("phase", "Phase", "段階", "id", "hasPhase")
_ROUNDING = _plain(
    "rounding_unit",
    "Rounding unit (yen)",
    "丸め単位（円）",
    "yen",
    note=("The printed amount may be off by half of it.", "印刷された額はその半分までずれうる。"),
)
_PLACE = (
    _plain("page", "Page", "頁", "integer"),
    _plain("first_line", "First line", "最初の行", "integer"),
    _plain("last_line", "Last line", "最後の行", "integer"),
    Column("source", {"en": "Source", "ja": "出典"}, "id", _IS + "isReadFrom", None, ""),
)
_OPEN = ("Empty: open, the amount is undetermined.", "空欄は上限なし（未定）。")

AMOUNTS = (
    ID,
    _plain("printed", "Printed", "印刷", prop="printedAmount"),
    *_thing("programme", "Programme", "事業"),
    *_thing("ministry", "Ministry", "府省", several=True),
    *_thing("institution", "Institution", "機関", several=True),
    *_thing("domain", "Domain", "領域", several=True),
    *_thing("strategy_part", "Part of a strategy", "戦略の部", several=True),
    _YEAR,
    _PHASE,
    _plain("status", "Kind of amount", "額の種類"),
    _plain("lower", "At least (yen)", "下限（円）", "yen", note=("Of this amount by itself.", "この額だけの下限。")),
    _plain("upper", "At most (yen)", "上限（円）", "yen", note=_OPEN),
    _ROUNDING,
    _plain("ceiling", "Only a ceiling (内数)", "内数", "boolean"),
    _plain("repeated", "Repeats another line (再掲)", "再掲", "boolean"),
    _plain("part", "Marked as a part (一部)", "一部", "boolean"),
    _plain("supplementary", "Supplementary budget (補正)", "補正", "boolean"),
    _plain("undetermined", "No amount determined (未定・検討中)", "未定・検討中", "boolean"),
    Column("flags", {"en": "Marks of the line", "ja": "行の表示"}, separator=""),
    *_thing("panel", "Printed under", "掲載先"),
    *_PLACE,
    Column("evidence", {"en": "Evidence", "ja": "根拠"}, "id", _IS + "hasEvidence", None, ""),
    _plain("line", "Printed line", "印刷された行", "id", "isAmountIn"),
    _plain("appropriation", "Appropriation", "予算", "id"),
    _plain("counts", "Counts", "算入"),
    _plain(
        "counted_lower",
        "Adds at least (yen)",
        "下限への算入（円）",
        "yen",
        note=(
            "What the amount adds to the sum of this table, nothing counted twice.",
            "この表の合計に加わる額。二重に数えない。",
        ),
    ),
    _plain("counted_upper", "Adds at most (yen)", "上限への算入（円）", "yen", note=_OPEN),
    _plain("counted_with", "Already counted by", "既に数えた額", "id"),
    _plain("why_en", "Why", "理由（英）"),
    _plain("why_ja", "Why (Japanese)", "理由"),
)
LINKS = (
    _plain("amount", "Printed amount", "印刷された額", "id"),
    _plain("kind", "Kind of link", "種別"),
    *_thing("thing", "Serves", "対象"),
    _plain("share", "Whole or part", "全額・一部"),
    _YEAR,
    _PHASE,
    _plain("lower", "At least (yen)", "下限（円）", "yen"),
    _plain("upper", "At most (yen)", "上限（円）", "yen", note=_OPEN),
)
BUDGET = (
    ID,
    *_thing("jurisdiction", "Row of the table", "表の行", "hasJurisdiction"),
    Column("ministry", {"en": "Ministry", "ja": "府省"}, "id", None, None, ""),
    _YEAR,
    *_thing("account", "Account", "会計", "hasAccount"),
    *_thing("category", "Category", "経費区分", "hasCostCategory"),
    *_thing("frame", "Frame", "枠", "hasFrame"),
    *_thing("phase", "Phase", "段階", "hasPhase"),
    _plain("printed", "Printed (100 million yen)", "印刷（億円）", prop="printedValue"),
    _plain("amount", "Amount (yen)", "金額（円）", "yen", "amount"),
    _plain("nothing_appropriated", "Nothing appropriated (a dash)", "計上なし（－）", "boolean"),
    _ROUNDING,
    *_thing("table", "Table", "表"),
    *_PLACE,
)
TOTALS = (
    ID,
    *_thing("scope", "Total of", "合計の対象", "isTotalOf"),
    _YEAR,
    _PHASE,
    _plain("printed", "Printed", "印刷", prop="printedAmount"),
    _plain("amount", "Amount (yen)", "金額（円）", "yen", "amount"),
    _ROUNDING,
    _plain("approximate", "Approximate (約)", "概数（約）", "boolean", "isApproximate"),
    _plain("lines_lower", "Exact lines (yen)", "確定額の行（円）", "yen"),
    _plain("lines_upper", "With all ceilings (yen)", "上限を含む（円）", "yen"),
    _plain("lines_undetermined", "Undetermined lines", "未定の件数", "integer"),
    _plain("possible", "Lies within", "範囲内", "boolean"),
    *_PLACE,
)
TITLES = {
    "money-amounts": {"en": "Printed amounts", "ja": "印刷された額"},
    "money-links": {"en": "What each amount serves", "ja": "各金額の対象"},
    "ministry-budget": {"en": "Budget of the ministries", "ja": "府省別予算"},
    "printed-totals": {"en": "Printed totals", "ja": "印刷された合計"},
}
NOTES = {
    "money-amounts": {
        "en": "Do not add up lower and upper: the same money is printed several times. Add up counted_lower and "
        "counted_upper, over the whole table or one year; for a domain or an institution ask kg query funding.",
        "ja": "下限・上限をそのまま足さないこと（同じ資金が何度も印刷されている）。合計には算入の列を使う。"
        "足せるのは表全体または一年度。領域・機関ごとの合計は kg query funding による。",
    },
    "money-links": {
        "en": "Bounds are those of one amount for one thing; do not add them up: money is printed several times.",
        "ja": "一つの額の一つの対象についての下限・上限。同じ資金が何度も印刷されているため足さないこと。",
    },
    "ministry-budget": {
        "en": "Rows for all ministries and accounts together stand beside the single ones: choose before adding up.",
        "ja": "合計の行・列も含む。足す前に選ぶこと。",
    },
}
