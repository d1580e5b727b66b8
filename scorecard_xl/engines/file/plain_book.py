"""A workbook from nothing: sheets of texts with a few looks, and links to other files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from scorecard_xl.engines.file.cells import escaped, start_of_cell
from scorecard_xl.engines.file.theme import FONT, theme_xml
from scorecard_xl.engines.file.xml import DECLARATION, MAIN
from scorecard_xl.engines.file.xml import OFFICE_RELATIONSHIPS as OFFICE
from scorecard_xl.engines.file.zip_records import archive, packed_part
from scorecard_xl.workbook.engine import Area, column_letters, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EXCEL_FILLS = ("none", "gray125")


class Look(NamedTuple):
    """How a cell looks; colours are six hexadecimal digits."""

    color: str = "000000"
    fill: str = ""
    bold: bool = False
    underlined: bool = False
    centred: bool = False
    points: float = 10
    upright: bool = False


class PlainCell(NamedTuple):
    """A text and the name of its look."""

    text: str
    look: str = ""


class PlainSheet(NamedTuple):
    """A sheet: its rows, its columns' widths, and what stays in sight when it is scrolled.

    `links` are files beside the workbook, by the cells that lead to them.
    `heights` are rows' heights in points. Printed, what is frozen is on every page.
    """

    name: str
    rows: Iterable[Sequence[PlainCell]]
    widths: Sequence[float]
    frozen_rows: int
    frozen_columns: int
    links: Mapping[Area, str]
    heights: Mapping[int, float]
    is_one_page_across: bool


def plain_book(
    names: Sequence[str], sheets: Iterable[PlainSheet], looks: Mapping[str, Look], *, title: str
) -> bytes:
    """Make a workbook of sheets with these names; the same sheets always give the same parts.

    Each sheet is packed before the next is asked for.
    """
    numbers = {name: number for number, name in enumerate(looks, 1)}
    packed: list[tuple[bytes, bytes]] = []

    def add(part: str, xml: str) -> None:
        packed.append(packed_part(part, (DECLARATION + xml).encode(), None))

    add("[Content_Types].xml", _content_types(len(names)))
    add("_rels/.rels", _relationships(
        [("officeDocument", "xl/workbook.xml", OFFICE),
         ("metadata/core-properties", "docProps/core.xml", f"{_PACKAGE}/relationships")]
    ))  # fmt: skip
    add("docProps/core.xml", _properties(title))
    add("xl/_rels/workbook.xml.rels", _relationships(
        [*(("worksheet", f"worksheets/sheet{i}.xml", OFFICE) for i in range(1, len(names) + 1)),
         ("styles", "styles.xml", OFFICE), ("sharedStrings", "sharedStrings.xml", OFFICE),
         ("theme", "theme/theme1.xml", OFFICE)]
    ))  # fmt: skip
    add("xl/styles.xml", _styles(list(looks.values())))
    add("xl/theme/theme1.xml", theme_xml())
    texts: dict[str, int] = {}
    titles: list[str] = []
    for number, sheet in enumerate(sheets, 1):
        titles.append(_titles(sheet))
        add(f"xl/worksheets/sheet{number}.xml", _sheet(sheet, numbers, texts))
        if sheet.links:
            add(f"xl/worksheets/_rels/sheet{number}.xml.rels", _links(sheet.links))
    add("xl/sharedStrings.xml", _shared(texts))
    add("xl/workbook.xml", _workbook(names, titles))
    return archive(packed)


def _content_types(sheets: int) -> str:
    overrides = [
        ("xl/workbook.xml", f"{_TYPE}.sheet.main+xml"),
        ("xl/styles.xml", f"{_TYPE}.styles+xml"),
        ("xl/sharedStrings.xml", f"{_TYPE}.sharedStrings+xml"),
        ("xl/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        *((f"xl/worksheets/sheet{i}.xml", f"{_TYPE}.worksheet+xml") for i in range(1, sheets + 1)),
    ]
    listed = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides
    )
    relationships = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relationships}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relationships(related: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{i}" Type="{base}/{kind}" Target="{target}"/>'
        for i, (kind, target, base) in enumerate(related, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _links(links: Mapping[Area, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/hyperlink" Target="{quote(file)}" '
        'TargetMode="External"/>'
        for i, file in enumerate(links.values(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _shared(texts: Mapping[str, int]) -> str:
    """The list of texts, in the order of their numbers."""
    listed = "".join(f'<si><t xml:space="preserve">{escaped(text)}</t></si>' for text in texts)
    return f'<sst xmlns="{MAIN}" uniqueCount="{len(texts)}">{listed}</sst>'


def _properties(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(title)}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def _titles(sheet: PlainSheet) -> str:
    """The columns and rows that are printed on every page."""
    name = quoted(sheet.name)
    return f"{name}!$A:${column_letters(sheet.frozen_columns)},{name}!$1:${sheet.frozen_rows}"


def _workbook(names: Sequence[str], titles: Sequence[str]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="rId{i}"/>'
        for i, name in enumerate(names, 1)
    )
    defined = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{i}">{escaped(each)}</definedName>'
        for i, each in enumerate(titles)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>'
        f"<definedNames>{defined}</definedNames></workbook>"
    )


def _styles(looks: Sequence[Look]) -> str:
    """The default look, then the given ones, each with a font and a fill of its own."""
    every = [Look(), *looks]
    fonts = "".join(map(_font, every))
    fills = "".join(f'<fill><patternFill patternType="{kind}"/></fill>' for kind in _EXCEL_FILLS)
    fills += "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{look.fill}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
        if look.fill
        else '<fill><patternFill patternType="none"/></fill>'
        for look in looks
    )
    formats = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    formats += "".join(_format(look, i) for i, look in enumerate(looks, 1))
    return (
        f'<styleSheet xmlns="{MAIN}"><fonts count="{len(every)}">{fonts}</fonts>'
        f'<fills count="{len(looks) + len(_EXCEL_FILLS)}">{fills}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(every)}">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _font(look: Look) -> str:
    bold, line = "<b/>" if look.bold else "", "<u/>" if look.underlined else ""
    return (
        f'<font>{bold}{line}<sz val="{look.points:g}"/><color rgb="FF{look.color}"/>'
        f'<name val="{FONT}"/><family val="2"/></font>'
    )


def _format(look: Look, number: int) -> str:
    fill = number + len(_EXCEL_FILLS) - 1 if look.fill else 0
    horizontal = ' horizontal="center"' if look.centred else ""
    turned = ' textRotation="90"' if look.upright else ""
    return (
        f'<xf numFmtId="0" fontId="{number}" fillId="{fill}" borderId="0" xfId="0" '
        'applyFont="1" applyFill="1" applyAlignment="1">'
        f'<alignment{horizontal} vertical="bottom"{turned}/></xf>'
    )


def _sheet(sheet: PlainSheet, looks: Mapping[str, int], texts: dict[str, int]) -> str:
    rows, width, height = [], 1, 0
    for number, cells in enumerate(sheet.rows, 1):
        written = "".join(
            _cell(f"{column_letters(i)}{number}", cell, looks, texts)
            for i, cell in enumerate(cells, 1)
            if cell.text or cell.look
        )
        points = sheet.heights.get(number)
        own = "" if points is None else f' ht="{points:g}" customHeight="1"'
        rows.append(f'<row r="{number}"{own}>{written}</row>')
        width, height = max(width, len(cells)), number
    widths = "".join(
        f'<col min="{i}" max="{i}" width="{each:g}" customWidth="1"/>'
        for i, each in enumerate(sheet.widths, 1)
    )
    links = "".join(
        f'<hyperlink ref="{area.range}" r:id="rId{i}"/>' for i, area in enumerate(sheet.links, 1)
    )
    used = Area(sheet.name, 1, 1, max(height, 1), width)
    fits = sheet.is_one_page_across
    fitted = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if fits else ""
    pages = ' fitToHeight="0"' if fits else ""
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{fitted}<dimension ref="{used.range}"/>'
        f'{_view(sheet)}<sheetFormatPr defaultRowHeight="14"/>'
        f"<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>"
        f"{f'<hyperlinks>{links}</hyperlinks>' if links else ''}"
        '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9"{pages} orientation="landscape"/></worksheet>'
    )


def _cell(reference: str, cell: PlainCell, looks: Mapping[str, int], texts: dict[str, int]) -> str:
    start = start_of_cell(reference, str(looks.get(cell.look, 0)))
    if not cell.text:
        return f"{start}/>"
    return f'{start} t="s"><v>{texts.setdefault(cell.text, len(texts))}</v></c>'


def _view(sheet: PlainSheet) -> str:
    corner = f"{column_letters(sheet.frozen_columns + 1)}{sheet.frozen_rows + 1}"
    return (
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane xSplit="{sheet.frozen_columns}" ySplit="{sheet.frozen_rows}" '
        f'topLeftCell="{corner}" activePane="bottomRight" state="frozen"/>'
        '<selection pane="bottomRight" activeCell="A1" sqref="A1"/>'
        "</sheetView></sheetViews>"
    )
