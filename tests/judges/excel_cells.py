"""What a user adds in the cells of the sheets: figures, widths, rules, a list, a sparkline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from tests.judges.excel_part_texts import DATA_BAR, STANDALONE_RULE
from tests.judges.opened_package import MAIN, X14
from tests.judges.package_editor import (
    add_extension,
    add_to_sheet,
    list_in_sheet,
    parsed,
    put_cell,
    row_of,
)

if TYPE_CHECKING:
    from tests.judges.package_editor import PackageEditor

X14AC = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac}"

# What LibreOffice shows in the user's own cells of the Scorecard.
USER_CELLS = {"Q3": "late again", "Q7": "12", "Q8": "7", "Q9": "19", "Q60": "below"}


def add_user_cells(package: PackageEditor, scorecard: str, counts: str) -> None:
    """Add cells right of the block, a column width, a row height, rich text with phonetics."""
    (strings,) = package.related(package.workbook_part, "sharedStrings")
    items = package.xml(strings)
    for count in ("count", "uniqueCount"):
        items.attrib.pop(count, None)
    items.append(
        parsed(
            '<si><r><rPr><b/><sz val="11"/><rFont val="Calibri"/></rPr><t>late</t></r>'
            '<r><t xml:space="preserve"> again</t></r><rPh sb="0" eb="4"><t>leit</t></rPh>'
            '<phoneticPr fontId="0"/></si>'
        )
    )
    rich = len(items) - 1
    sheet = package.xml(scorecard)
    for cell in (
        f'<c r="Q3" t="s"><v>{rich}</v></c>',
        '<c r="Q7"><v>12</v></c>',
        '<c r="Q8"><v>7</v></c>',
        '<c r="Q9"><f>SUM(Q7:Q8)</f><v>19</v></c>',
        '<c r="Q60" t="inlineStr"><is><t>below</t></is></c>',
    ):
        put_cell(sheet, cell)
    put_cell(package.xml(counts), f'<c r="Q5" t="s"><v>{rich}</v></c>')
    _set_width(sheet, 17, "31.7109375")
    # Excel notes the fonts' descent; readers that do not know the prefix may ignore it.
    list_in_sheet(sheet, "sheetFormatPr").set(f"{X14AC}dyDescent", "0.25")
    row_of(sheet, 60).set(f"{X14AC}dyDescent", "0.25")
    first_input_row = row_of(package.xml(counts), 5)
    first_input_row.set("ht", "33")
    first_input_row.set("customHeight", "1")


def _set_width(sheet: etree._Element, number: int, width: str) -> None:
    """Give one column a width; a definition that spans it is cut in three."""
    columns = list_in_sheet(sheet, "cols")
    for column in list(columns):
        left, right = int(column.get("min")), int(column.get("max"))
        if left <= number <= right:
            for start, end in ((left, number - 1), (number + 1, right)):
                if start <= end:
                    piece = etree.fromstring(etree.tostring(column))
                    piece.set("min", str(start))
                    piece.set("max", str(end))
                    column.addprevious(piece)
            columns.remove(column)
    columns.append(parsed(f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'))
    columns[:] = sorted(columns, key=lambda column: int(column.get("min")))


def add_rules(package: PackageEditor, scorecard: str) -> None:
    """Add the user's conditional formats, classic and extended, and a list from another sheet."""
    (styles,) = package.related(package.workbook_part, "styles")
    formats = package.xml(styles).find(f"{MAIN}dxfs")
    formats.append(parsed("<dxf><font><i/></font></dxf>"))
    formats.set("count", str(len(formats)))
    dxf = len(formats) - 1
    sheet = package.xml(scorecard)
    rules = [*sheet.iter(f"{MAIN}cfRule"), *sheet.iter(f"{X14}cfRule")]
    first = max((int(rule.get("priority", 0)) for rule in rules), default=0) + 1
    add_to_sheet(
        sheet,
        f'<conditionalFormatting sqref="Q7:Q20"><cfRule type="cellIs" dxfId="{dxf}" '
        f'priority="{first}" operator="greaterThan"><formula>10</formula></cfRule>'
        f'<cfRule type="dataBar" priority="{first + 1}"><dataBar><cfvo type="min"/>'
        '<cfvo type="max"/><color rgb="FF638EC6"/></dataBar><extLst>'
        f'<ext uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}"><x14:id>{DATA_BAR}</x14:id>'
        "</ext></extLst></cfRule></conditionalFormatting>",
    )
    add_to_sheet(
        sheet,
        f'<conditionalFormatting sqref="L7:Q20"><cfRule type="expression" dxfId="{dxf}" '
        f'priority="{first + 2}"><formula>$Q7=7</formula></cfRule></conditionalFormatting>',
    )
    _add_extended_rules(sheet, first + 3)


def _add_extended_rules(sheet: etree._Element, priority: int) -> None:
    """Complete the data bar, and add a rule and a list that look at another sheet."""
    add_extension(
        sheet,
        "{78C0D931-6437-407d-A8EE-F0AAD7539E65}",
        '<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="dataBar" '
        f'id="{DATA_BAR}"><x14:dataBar minLength="0" maxLength="100" border="1" '
        'negativeBarBorderColorSameAsPositive="0"><x14:cfvo type="autoMin"/>'
        '<x14:cfvo type="autoMax"/><x14:borderColor rgb="FF638EC6"/>'
        '<x14:negativeFillColor rgb="FFFF0000"/><x14:negativeBorderColor rgb="FFFF0000"/>'
        '<x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule><xm:sqref>Q7:Q20</xm:sqref>'
        "</x14:conditionalFormatting><x14:conditionalFormatting>"
        f'<x14:cfRule type="expression" priority="{priority}" id="{STANDALONE_RULE}">'
        "<xm:f>Counts!$D$5&gt;0</xm:f><x14:dxf><fill><patternFill><bgColor "
        'rgb="FFFFFF99"/></patternFill></fill></x14:dxf></x14:cfRule><xm:sqref>R7:R20</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings>",
    )
    add_extension(
        sheet,
        "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}",
        '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1" '
        'showInputMessage="1" showErrorMessage="1"><x14:formula1><xm:f>Counts!$A$5:$A$8</xm:f>'
        "</x14:formula1><xm:sqref>T3</xm:sqref></x14:dataValidation></x14:dataValidations>",
    )


def add_sparkline(package: PackageEditor, scorecard: str) -> None:
    """Add a line of the user's own figures in one cell."""
    colours = "".join(
        f'<x14:color{name} rgb="FF376092"/>'
        for name in ("Series", "Negative", "Axis", "Markers", "First", "Last", "High", "Low")
    )
    add_extension(
        package.xml(scorecard),
        "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}",
        '<x14:sparklineGroups><x14:sparklineGroup displayEmptyCellsAs="gap">'
        f"{colours}<x14:sparklines><x14:sparkline><xm:f>Scorecard!Q7:Q9</xm:f>"
        "<xm:sqref>S8</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>"
        "</x14:sparklineGroups>",
    )
