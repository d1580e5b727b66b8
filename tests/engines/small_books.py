"""Small workbooks written by hand, part by part, so that a test says exactly what is stored."""

from __future__ import annotations

import dataclasses
import zipfile
from typing import TYPE_CHECKING, Any

from lxml import etree

from scorecard_xl import open_workbook
from tests.judges.package_check import problems_of_package
from tests.scorecards import part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from scorecard_xl.workbook.engine import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET_PART = "xl/worksheets/sheet1.xml"
Q = f"{{{MAIN}}}"

# Cell styles by place: General, a date, a percentage, a date of one's own, text in bold.
STYLES = (
    f'{_HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="dd\\-mmm\\-yy"/></numFmts><fonts count="2"><font><sz val="10"/></font><font><b/>'
    '<sz val="10"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    "</cellXfs></styleSheet>"
)
TABLE = (
    f'{_HEAD}<table xmlns="{MAIN}" id="1" name="Counts" displayName="Counts" ref="B2:C4">'
    '<autoFilter ref="B2:C4"><sortState ref="B3:C4"><sortCondition ref="B3:B4"/></sortState>'
    '</autoFilter><tableColumns count="2"><tableColumn id="1" name="Code"/>'
    '<tableColumn id="2" name="Value"/></tableColumns></table>'
)
TABLE_ROWS = (
    '<row r="2"><c r="B2" t="inlineStr"><is><t>Code</t></is></c>'
    '<c r="C2" t="inlineStr"><is><t>Value</t></is></c></row>'
    '<row r="3" ht="21" customHeight="1"><c r="B3" s="4" t="inlineStr"><is><t>a</t></is></c>'
    '<c r="C3" s="2"><v>1</v></c></row>'
    '<row r="4"><c r="B4" s="4" t="inlineStr"><is><t>b</t></is></c><c r="C4" s="2"><v>2</v></c>'
    "</row>"
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class SmallBook:
    """What is stored: rows of the only sheet, what stands before and after them, and the rest."""

    rows: str = ""
    before: str = ""
    after: str = ""
    strings: Sequence[str] = ()
    names: str = ""
    properties: str = ""
    table: str = ""
    sheet: str = ""
    sheet_name: str = "Data"

    def parts(self) -> dict[str, str]:
        """The text of every part, by name."""
        overrides = {"xl/workbook.xml": "sheet.main", SHEET_PART: "worksheet"}
        overrides |= {"xl/styles.xml": "styles", "xl/sharedStrings.xml": "sharedStrings"}
        overrides |= {"xl/tables/table1.xml": "table"} if self.table else {}
        items = "".join(f"<si>{item}</si>" for item in self.strings)
        names = f"<definedNames>{self.names}</definedNames>" if self.names else ""
        tables = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>' if self.table else ""
        sheet = (
            f'{_HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{self.before}'
            f"<sheetData>{self.rows}</sheetData>{self.after}{tables}</worksheet>"
        )
        parts = {
            "[Content_Types].xml": _types(overrides),
            "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
            f'<workbookPr {self.properties}/><sheets><sheet name="{self.sheet_name}" sheetId="1" '
            f'r:id="rId1"/></sheets>{names}</workbook>',
            "xl/_rels/workbook.xml.rels": _relations(
                worksheet="worksheets/sheet1.xml",
                styles="styles.xml",
                sharedStrings="sharedStrings.xml",
            ),
            SHEET_PART: self.sheet or sheet,
            "xl/styles.xml": STYLES,
            "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{MAIN}">{items}</sst>',
        }
        if self.table:
            parts["xl/worksheets/_rels/sheet1.xml.rels"] = _relations(table="../tables/table1.xml")
            parts["xl/tables/table1.xml"] = self.table
        return parts

    def save(self, path: Path) -> Path:
        """Write the workbook and return its path."""
        write_package(path, {name: text.encode() for name, text in self.parts().items()})
        return path


def write_package(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a zip file of these parts, all of 1980."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


def _types(overrides: Mapping[str, str]) -> str:
    lines = "".join(
        f'<Override PartName="/{part}" ContentType="{_SHEET_TYPE}.{kind}+xml"/>'
        for part, kind in overrides.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{lines}</Types>'
    )


def _relations(**targets: str) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def with_table(path: Path, **changes: Any) -> Path:
    """Write a workbook with the table Counts in B2:C4."""
    return SmallBook(**{"rows": TABLE_ROWS, "table": TABLE, "before": ""} | changes).save(path)


def written(path: Path, change: Callable[[Workbook], Any]) -> None:
    """Change a file through the engine; what comes out is sound."""
    with open_workbook(path) as workbook:
        change(workbook)
        path.write_bytes(workbook.to_bytes())
    assert problems_of_package(path) == []


def sheet_of(path: Path) -> etree._Element:
    """The root of the only sheet."""
    return etree.fromstring(part_of(path, SHEET_PART))
