"""What lies around a sheet's rows: size, merges, conditional formats, pages, column widths."""

from __future__ import annotations

import dataclasses
import math
import re
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from scorecard_xl.engines.file.xml import Q, whole_number
from scorecard_xl.workbook.engine import LAST_ROW, Area

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scorecard_xl.workbook.engine import Condition, Pages

# What makes two rules alike, and in which columns.
_Kind: TypeAlias = tuple[tuple[str, str, str], Area]
# The children of <worksheet>, in the order that the schema asks for.
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches",
    "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
    "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_WIDTH = re.compile(r"\d+(?:\.\d+)?")
_ROW_IN_FORMULA = re.compile(r"(?<=[A-Z])\d+")
# How a rule that was made in a running Excel writes the cell of its own row.
_OF_ITS_ROW = re.compile(r"INDEX\((\$[A-Z]+):\1,ROW\(\)\)")
_FONT_CODES = re.compile(r'(?:&"[^"]*"|&\d+|&[BIUESXY])*')
# What XML cannot hold, and what would break the line.
_UNWRITABLE = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_SECTIONS = re.compile(r'(&[LCR])((?:&"[^"]*"|&[^LCR]|[^&])*)')


def insert(root: etree._Element, element: etree._Element) -> None:
    """Put a child of the worksheet in its place."""
    name = etree.QName(element).localname
    later = {Q + each for each in _ORDER[_ORDER.index(name) + 1 :]}
    place = next((i for i, child in enumerate(root) if child.tag in later), len(root))
    root.insert(place, element)


def columns_width(root: etree._Element, first: int, last: int) -> float | None:
    """The width of columns side by side, in characters; None where one has none of its own."""
    widths: dict[int, float | None] = {}
    for element in root.iterfind(f"{Q}cols/{Q}col"):
        start, end = whole_number(element, "min"), whole_number(element, "max")
        width = _WIDTH.fullmatch(element.get("width", ""))
        for column in range(max(start, first), min(end, last) + 1):
            widths.setdefault(column, float(width[0]) or None if width else None)
        if len(widths) > last - first:
            break
    known = [widths.get(column) for column in range(first, last + 1)]
    return None if None in known else sum(width for width in known if width)


def set_dimension(root: etree._Element, top: int, bottom: int, columns: Sequence[int]) -> None:
    """Say anew which cells the sheet uses, if it says so at all."""
    element = root.find(f"{Q}dimension")
    if element is None:
        return
    try:
        old = Area.of("", element.get("ref", "A1"))
    except ValueError:
        old = Area("", 1, 1, 1, 1)
    left, right = min([old.left, *columns]), max([old.right, *columns])
    element.set("ref", Area("", top, left, max(top, bottom), right).range)


def _lies_in(owned: Area, references: Iterable[str]) -> bool:
    """Whether every one of the ranges lies within an area."""
    for reference in references:
        try:
            area = Area.of(owned.sheet, reference)
        except ValueError:
            return False
        if (
            area.top < owned.top
            or area.bottom > owned.bottom
            or area.left < owned.left
            or area.right > owned.right
        ):
            return False
    return True


def reaches_into(owned: Area, reference: str) -> bool:
    """Whether a range has a cell in common with an area."""
    try:
        area = Area.of(owned.sheet, reference)
    except ValueError:
        return False
    apart = area.bottom < owned.top or area.top > owned.bottom
    return not (apart or area.right < owned.left or area.left > owned.right)


def set_merges(root: etree._Element, owned: Area, merges: Sequence[Area]) -> None:
    """Replace the merges that reach into an area: one left there would hide what is written."""
    parent = root.find(f"{Q}mergeCells")
    if parent is None:
        parent = etree.Element(f"{Q}mergeCells")
        insert(root, parent)
    for element in list(parent):
        if reaches_into(owned, element.get("ref", "")):
            parent.remove(element)
    for merge in merges:
        etree.SubElement(parent, f"{Q}mergeCell", ref=merge.range)
    parent.set("count", str(len(parent)))
    if not len(parent):
        root.remove(parent)


def _signature(kind: str, operator: str, formula: str) -> tuple[str, str, str]:
    """What makes two rules alike, whatever rows they are written for and look they give."""
    own = _OF_ITS_ROW.sub(r"\1#", formula.replace(" ", ""))
    return kind, operator, _ROW_IN_FORMULA.sub("#", own)


def _rule_parts(condition: Condition) -> tuple[str, str, str]:
    """A condition as type, operator and formula."""
    if condition.equals is not None:
        return "cellIs", "equal", '"' + condition.equals.replace('"', '""') + '"'
    return "expression", "", condition.formula or ""


def replace_conditions(
    root: etree._Element,
    owned: Area,
    conditions: Sequence[Condition],
    style_of: Callable[[Condition], int],
) -> None:
    """Replace those conditional formats within an area that are alike, each in its turn."""
    looks: dict[Condition, str] = {}
    turns: dict[_Kind, int] = {}
    place = None
    ours = {condition: _kind_of(condition) for condition in conditions}
    for element in root.findall(f"{Q}conditionalFormatting"):
        references = element.get("sqref", "").split()
        if not _lies_in(owned, references):
            continue
        for rule in element.findall(f"{Q}cfRule"):
            condition = _condition_like(rule, references, ours)
            if condition is not None:
                looks.setdefault(condition, rule.get("dxfId", ""))
                turn = whole_number(rule, "priority")
                turns[ours[condition]] = min(turn, turns.get(ours[condition], turn))
                element.remove(rule)
        if element.find(f"{Q}cfRule") is None:
            place = root.index(element) if place is None else place
            root.remove(element)

    def look_of(condition: Condition) -> str:
        # A look that an analyst has given the rule in Excel stays.
        return looks.get(condition) or str(style_of(condition))

    others = list(root.iter("{*}cfRule"))
    rules = _add_conditions(root, conditions, look_of, place=place)
    kinds = [ours[condition] for condition in conditions]
    _set_priorities(others, list(zip(rules, kinds, strict=True)), turns)


def _kind_of(condition: Condition) -> _Kind:
    area = dataclasses.replace(condition.area, top=1, bottom=LAST_ROW)
    return _signature(*_rule_parts(condition)), area


def _condition_like(
    rule: etree._Element, references: Sequence[str], ours: Mapping[Condition, _Kind]
) -> Condition | None:
    """The condition that a rule was made from: it asks the same, in the same column."""
    if rule.find(f"{Q}extLst") is not None:
        return None
    formula = rule.findtext(f"{Q}formula", "")
    signature = _signature(rule.get("type", ""), rule.get("operator", ""), formula)
    for condition, (own, column) in ours.items():
        if signature == own and _lies_in(column, references):
            return condition
    return None


def _add_conditions(
    root: etree._Element,
    conditions: Sequence[Condition],
    look_of: Callable[[Condition], str],
    *,
    place: int | None,
) -> list[etree._Element]:
    """Add the rules in order, those of one area together; their priorities are still to be set."""
    by_area: dict[Area, etree._Element] = {}
    rules = []
    for condition in conditions:
        if condition.area not in by_area:
            element = etree.Element(f"{Q}conditionalFormatting", sqref=condition.area.range)
            by_area[condition.area] = element
            if place is None:
                insert(root, element)
            else:
                root.insert(place + len(by_area) - 1, element)
        kind, operator, formula = _rule_parts(condition)
        rule = etree.SubElement(by_area[condition.area], f"{Q}cfRule", type=kind)
        rule.set("dxfId", look_of(condition))
        rule.set("priority", "0")
        if operator:
            rule.set("operator", operator)
        etree.SubElement(rule, f"{Q}formula").text = formula
        rules.append(rule)
    return rules


def _set_priorities(
    others: Iterable[etree._Element],
    ours: Sequence[tuple[etree._Element, _Kind]],
    turns: Mapping[_Kind, int],
) -> None:
    """Number the rules in their turns: ours have those of the replaced, or of the one before.

    The others keep their numbers, unless more rules of ours than there were need them.
    """
    # Rules of others that another element completes have no priority.
    queue: list[tuple[float, int, etree._Element]] = [
        (whole_number(rule, "priority"), -1, rule) for rule in others if rule.get("priority")
    ]
    turn: float = min(turns.values(), default=math.inf)
    known: dict[_Kind, tuple[float, int]] = {}
    for rule, kind in ours:
        turn, rank = known.setdefault(kind, (turns.get(kind, turn), len(known)))
        queue.append((turn, rank, rule))
    number = 0
    for turn, _, rule in sorted(queue, key=lambda each: each[:2]):
        number = number + 1 if turn == math.inf else max(number + 1, int(turn))
        rule.set("priority", str(number))


def add_validations(root: etree._Element, validations: Sequence[etree._Element]) -> None:
    """Add lists and messages to those that are there."""
    if not validations:
        return
    parent = root.find(f"{Q}dataValidations")
    if parent is None:
        parent = etree.Element(f"{Q}dataValidations")
        insert(root, parent)
    parent.extend(validations)
    parent.set("count", str(len(parent)))


def set_pages(root: etree._Element, pages: Pages) -> None:
    """Set the page breaks within the body, and the left part of the footer."""
    _set_breaks(root, pages)
    footer = root.find(f"{Q}headerFooter/{Q}oddFooter")
    if footer is not None and footer.text:
        left = _UNWRITABLE.sub(" ", pages.footer_left)
        footer.text = with_left_footer(footer.text, left)


def _set_breaks(root: etree._Element, pages: Pages) -> None:
    parent = root.find(f"{Q}rowBreaks")
    if parent is None:
        if not pages.breaks_before:
            return
        parent = etree.Element(f"{Q}rowBreaks")
        insert(root, parent)
    # A break is stored with the row above it.
    for element in list(parent):
        if whole_number(element, "id") + 1 in pages.own_breaks:
            parent.remove(element)
    kept = {whole_number(element, "id") + 1 for element in parent}
    for row in sorted(set(pages.breaks_before) - kept):
        etree.SubElement(parent, f"{Q}brk", id=str(row - 1), max="16383", man="1")
    parent[:] = sorted(parent, key=lambda element: whole_number(element, "id"))
    parent.set("count", str(len(parent)))
    parent.set("manualBreakCount", str(sum(element.get("man") == "1" for element in parent)))
    if not len(parent):
        root.remove(parent)


def with_left_footer(footer: str, text: str) -> str:
    """Give a footer another left part, in the same font; one that is empty or has fields stays."""
    written = text.replace("&", "&&")

    def rewrite(match: re.Match[str]) -> str:
        code, section = match.groups()
        font = _FONT_CODES.match(section)
        codes = font[0] if font else ""
        rest = section[len(codes) :]
        if code != "&L" or not rest.strip() or "&" in rest.replace("&&", ""):
            return match[0]
        # A digit straight after the font's size would be read as part of it.
        space = " " if written[:1].isdigit() and codes[-1:].isdigit() else ""
        return f"{code}{codes}{space}{written}"

    return _SECTIONS.sub(rewrite, footer)
