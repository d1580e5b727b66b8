"""Checks of looks and rules: styles, conditional formats, validations, controls, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.judges.opened_package import (
    MAIN,
    X14,
    XM,
    OpenedPackage,
    Sheet,
    area_of,
    repeated,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_LONGEST_LIST = 255
_LONGEST_BY_ATTRIBUTE = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 225}
_TABLE_FORMATS = (
    "headerRowDxfId", "dataDxfId", "totalsRowDxfId", "headerRowBorderDxfId", "tableBorderDxfId",
    "totalsRowBorderDxfId",
)  # fmt: skip


def problems_of_style_ids(sheet: Sheet, package: OpenedPackage) -> Iterator[str]:
    """Yield cells, rows and columns whose style is not among the styles."""
    known = len(package.styles.findall(f"{MAIN}cellXfs/{MAIN}xf"))
    for path, attribute in (("row/c", "s"), ("row", "s"), ("col", "style")):
        for element in sheet.root.iterfind(".//" + "/".join(MAIN + tag for tag in path.split("/"))):
            if not 0 <= int(element.get(attribute, 0)) < max(known, 1):
                place = element.get("r") or element.get("min")
                yield f"{sheet.part}: style {element.get(attribute)} at {place} is missing"


def problems_of_styles(package: OpenedPackage) -> Iterator[str]:
    """Yield formats that point at fonts, fills, borders or number formats that are not there."""
    styles = package.styles
    counts = {
        "fontId": len(styles.findall(f"{MAIN}fonts/{MAIN}font")),
        "fillId": len(styles.findall(f"{MAIN}fills/{MAIN}fill")),
        "borderId": len(styles.findall(f"{MAIN}borders/{MAIN}border")),
        "xfId": max(len(styles.findall(f"{MAIN}cellStyleXfs/{MAIN}xf")), 1),
    }
    codes = {code.get("numFmtId") for code in styles.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")}
    for group in ("cellStyleXfs", "cellXfs"):
        for position, xf in enumerate(styles.iterfind(f"{MAIN}{group}/{MAIN}xf")):
            for attribute, count in counts.items():
                if int(xf.get(attribute, 0)) >= count:
                    yield f"styles: {group} {position} has a {attribute} that is missing"
            number_format = xf.get("numFmtId", "0")
            if int(number_format) >= 164 and number_format not in codes:
                yield f"styles: {group} {position} has number format {number_format}, undefined"


def problems_of_differential_formats(package: OpenedPackage) -> Iterator[str]:
    """Yield dxf ids of rules and tables that are not among the styles."""
    known = len(package.styles.findall(f"{MAIN}dxfs/{MAIN}dxf"))
    for sheet in package.sheets:
        for rule in sheet.root.iter(f"{MAIN}cfRule"):
            if int(rule.get("dxfId", -1)) >= known:
                yield f"{sheet.part}: a rule has dxfId {rule.get('dxfId')} of {known}"
        for part in package.related(sheet.part, "table"):
            for element in package.xml(part).iter(f"{MAIN}table", f"{MAIN}tableColumn"):
                for attribute in _TABLE_FORMATS:
                    if int(element.get(attribute, -1)) >= known:
                        yield f"{part}: {attribute} {element.get(attribute)} of {known}"


def problems_of_conditional_formats(sheet: Sheet) -> Iterator[str]:
    """Yield rules without cells or formulas, and priorities that are not positive and unique."""
    for block in sheet.root.iterfind(f"{MAIN}conditionalFormatting"):
        cells = block.get("sqref", "").split()
        if not cells or any(area_of(text) is None for text in cells):
            yield f"{sheet.part}: a conditional format applies to {block.get('sqref')!r}"
    rules = [*sheet.root.iter(f"{MAIN}cfRule"), *sheet.root.iter(f"{X14}cfRule")]
    priorities = [rule.get("priority", "") for rule in rules if rule.get("priority") is not None]
    for priority in repeated(priorities):
        yield f"{sheet.part}: two rules have priority {priority}"
    for priority in priorities:
        if not priority.isdigit() or int(priority) < 1:
            yield f"{sheet.part}: a rule has priority {priority!r}"
    for rule in sheet.root.iter(f"{MAIN}cfRule"):
        formulas = [formula.text or "" for formula in rule.iterfind(f"{MAIN}formula")]
        if rule.get("type") in ("expression", "cellIs") and not formulas:
            yield f"{sheet.part}: rule {rule.get('priority')} has no formula"
        if any(not text or text.startswith("=") for text in formulas):
            yield f"{sheet.part}: rule {rule.get('priority')} has a formula Excel cannot take"


def problems_of_extended_formats(sheet: Sheet) -> Iterator[str]:
    """Yield x14 rules without their base rule, and base rules without their x14 rule."""
    bases = [identity.text or "" for identity in sheet.root.iter(f"{X14}id")]
    extended = list(sheet.root.iter(f"{X14}cfRule"))
    identities = [rule.get("id", "") for rule in extended]
    for identity in repeated(identities) + repeated(bases):
        yield f"{sheet.part}: x14 rule {identity} is there twice"
    for rule in extended:
        # A rule with a priority of its own stands alone; one without completes a base rule.
        if rule.get("priority") is None and rule.get("id") not in bases:
            yield f"{sheet.part}: x14 rule {rule.get('id')} has no base rule"
    for identity in bases:
        if identity not in identities:
            yield f"{sheet.part}: the base rule of {identity} has no x14 rule"
    for element in sheet.root.iter(f"{XM}sqref"):
        if any(area_of(text) is None for text in (element.text or "").split()) or not element.text:
            yield f"{sheet.part}: an extension applies to {element.text!r}"


def problems_of_data_validations(sheet: Sheet) -> Iterator[str]:
    """Yield validations with too long a list or message, or without cells."""
    for validation in sheet.root.iter(f"{MAIN}dataValidation", f"{X14}dataValidation"):
        where = validation.get("sqref") or validation.findtext(f"{XM}sqref", "")
        formula = validation.findtext(f"{MAIN}formula1", "")
        if formula.startswith('"') and len(formula.strip('"')) > _LONGEST_LIST:
            yield f"{sheet.part}: the list of the validation of {where} is too long"
        if not where or any(area_of(text) is None for text in where.split()):
            yield f"{sheet.part}: a data validation applies to {where!r}"
        for attribute, longest in _LONGEST_BY_ATTRIBUTE.items():
            if len(validation.get(attribute, "")) > longest:
                yield f"{sheet.part}: {attribute} of the validation of {where} is too long"


def problems_of_controls(sheet: Sheet, package: OpenedPackage) -> Iterator[str]:
    """Yield controls and comments whose shape or author is missing."""
    drawings = [package.xml(part) for part in package.related(sheet.part, "vmlDrawing")]
    shapes = {shape.get("id", "") for root in drawings for shape in root.iter("*")}
    for control in sheet.root.iter(f"{MAIN}control"):
        if f"_x0000_s{control.get('shapeId')}" not in shapes:
            yield f"{sheet.part}: control {control.get('name')!r} has no shape"
    for part in package.related(sheet.part, "comments"):
        if sheet.root.find(f"{MAIN}legacyDrawing") is None:
            yield f"{sheet.part}: its comments have no drawing"
        yield from _problems_of_comments(package.xml(part), part)
    yield from _problems_of_threads(sheet, package)


def _problems_of_comments(root: etree._Element, part: str) -> Iterator[str]:
    """Yield comments in one cell twice, or by an author that is not listed."""
    authors = len(root.findall(f"{MAIN}authors/{MAIN}author"))
    comments = root.findall(f"{MAIN}commentList/{MAIN}comment")
    for reference in repeated([comment.get("ref", "") for comment in comments]):
        yield f"{part}: two comments in {reference}"
    for comment in comments:
        if not int(comment.get("authorId", 0)) < authors:
            yield f"{part}: the comment in {comment.get('ref')} has no author"


def _problems_of_threads(sheet: Sheet, package: OpenedPackage) -> Iterator[str]:
    """Yield threaded comments by persons that are not listed, or without a comment below."""
    persons = {
        person.get("id")
        for part in package.related(package.workbook_part, "person")
        for person in package.xml(part)
    }
    comments = {
        comment.get("ref")
        for part in package.related(sheet.part, "comments")
        for comment in package.xml(part).iter(f"{MAIN}comment")
    }
    for part in package.related(sheet.part, "threadedComment"):
        for thread in package.xml(part):
            if thread.get("personId") not in persons:
                yield f"{part}: the comment in {thread.get('ref')} is by nobody"
            if thread.get("ref") not in comments:
                yield f"{part}: the comment in {thread.get('ref')} has no plain comment below"
