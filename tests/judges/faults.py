"""Faults to plant in a workbook with all of Excel's parts, and what the check must say."""

from __future__ import annotations

SHEET = "xl/worksheets/sheet1.xml"
COUNTS = "xl/worksheets/sheet2.xml"
WORKBOOK = "xl/workbook.xml"
TABLE = "xl/tables/table1.xml"
STYLES = "xl/styles.xml"
VML = "xl/drawings/vmlDrawing1.vml"
SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
TYPES = "[Content_Types].xml"

# Entry, pattern, what stands there instead, and what must be said about it.
FAULTS = {
    "a relationship without target": (
        SHEET_RELATIONS, "ctrlProp1", "ctrlProp9", "rId2 leads to xl/ctrlProps/ctrlProp9.xml",
    ),
    "two relationships with one id": (
        SHEET_RELATIONS, 'Id="rId6"', 'Id="rId5"', "relationship rId5 is there twice",
    ),
    "a part that nothing leads to": (
        "_rels/.rels", '<Relationship [^>]*customUI[^>]*/>', "",
        "customUI/customUI14.xml: nothing leads to this part",
    ),
    "a part without content type": (
        TYPES, '<Default Extension="png"[^>]*>', "", "image1.png has no content type",
    ),
    "a content type without part": (
        TYPES, "/xl/slicers/slicer1.xml", "/xl/slicers/slicer7.xml",
        "slicer7.xml is named, but not in the package",
    ),
    "a content type given twice": (
        TYPES, "(<Override[^>]*styles[^>]*>)", r"\1\1", "'xl/styles.xml' is there twice",
    ),
    "a content type of another kind": (
        TYPES, "spreadsheetml.table\\+xml", "spreadsheetml.comments+xml",
        "a table cannot have the content type",
    ),
    "an id that no relationship has": (
        SHEET, '<drawing r:id="rId3"', '<drawing r:id="rId77"', "asks for relationship rId77",
    ),
    "a table that its sheet does not ask for": (
        COUNTS, "<tableParts.*</tableParts>", "", "nothing asks for table rId1",
    ),
    "an ignorable prefix that is not declared": (
        SHEET, 'mc:Ignorable="x14ac xr"', 'mc:Ignorable="x14ac xr2"', "prefix 'xr2'",
    ),
    "a broken VML drawing": (VML, "</v:shape>", "", "not well-formed"),
    "children of a sheet out of order": (
        SHEET, "(<mergeCells.*</mergeCells>)(<conditionalFormatting.*?</conditionalFormatting>)",
        r"\2\1", "mergeCells must stand before conditionalFormatting",
    ),
    "a child of a sheet twice": (
        SHEET, "(<pageMargins[^>]*>)", r"\1\1", "pageMargins is there twice",
    ),
    "a child that no sheet has": (
        SHEET, "(<pageMargins[^>]*>)", r"<marginsOfPage/>\1", "marginsOfPage cannot stand",
    ),
    "a row twice": (
        SHEET, "(<row r=\"11\".*?</row>)", r"\1\1", "row 11 stands after row 11",
    ),
    "rows out of order": (
        SHEET, "(<row r=\"8\".*?</row>)(<row r=\"9\".*?</row>)", r"\2\1",
        "row 8 stands after row 9",
    ),
    "a cell twice": (
        SHEET, '(<c r="Q7">.*?</c>)', r"\1\1", "Q7 stands after a cell at or right of it",
    ),
    "a cell in another row": (SHEET, '<c r="Q7">', '<c r="Q6">', "Q6 stands in row 7"),
    "a cell beyond the last column": (SHEET, '<c r="Q7">', '<c r="XFE7">', "'XFE7' is no cell"),
    "a value that is not a number": (SHEET, "<v>12</v>", "<v>nan</v>", "Q7 holds 'nan'"),
    "a value without end": (SHEET, "<v>12</v>", "<v>inf</v>", "Q7 holds 'inf'"),
    "an error that Excel does not know": (
        SHEET, '<c r="Q7"><v>12</v>', '<c r="Q7" t="e"><v>#OOPS!</v>', "Q7 holds '#OOPS!'",
    ),
    "a shared string that is not there": (
        SHEET, '<c r="A7" t="s"><v>6</v>', '<c r="A7" t="s"><v>600</v>', "A7 holds '600'",
    ),
    "an inline text without text": (
        SHEET, "<is><t>below</t></is>", "", "Q60 has an inline text type, but no text",
    ),
    "a text that is too long": (
        SHEET, "<t>below</t>", f"<t>{'b' * 32_768}</t>", "Q60 holds more than 32767 characters",
    ),
    "a formula with its equals sign": (
        SHEET, r"<f>SUM\(", "<f>=SUM(", "Q9 holds a formula that Excel cannot take",
    ),
    "a formula on a missing sheet": (
        SHEET, "<f>Counts!D6", "<f>Count!D6", "C7 refers to sheet 'Count', which is missing",
    ),
    "a shared formula without text": (
        SHEET, r"<f>SUM\(Q7:Q8\)</f>", '<f t="shared" si="4"/>',
        "shared formula 4 is written nowhere",
    ),
    "a dimension that leaves cells out": (
        SHEET, '<dimension ref="A1:Q60"', '<dimension ref="A1:Q59"', "dimension 'A1:Q59'",
    ),
    "columns that overlap": (
        SHEET, "</cols>", '<col min="17" max="18" width="9"/></cols>',
        "columns 17 to 18 stand after column 17",
    ),
    "merges that overlap": (
        SHEET, "</mergeCells>", '<mergeCell ref="L9:M10"/></mergeCells>',
        "merge A9:L9 overlaps merge L9:M10",
    ),
    "a merge of one cell": (
        SHEET, "</mergeCells>", '<mergeCell ref="M20"/></mergeCells>', "'M20' is no merge",
    ),
    "a merge over a table": (
        COUNTS, "<pageMargins", '<mergeCells><mergeCell ref="A8:A9"/></mergeCells><pageMargins',
        "merge A8:A9 overlaps a table",
    ),
    "a link to a missing sheet": (
        SHEET, "'Counts'!A1", "'Count'!A1", "the link in A11 leads to",
    ),
    "a link in no cell": (
        SHEET, '<hyperlink ref="A11"', '<hyperlink ref="A0"', "a link stands in 'A0'",
    ),
    "a cell style that is not there": (SHEET, 'r="C7" s="2"', 'r="C7" s="4"', "style 4 at C7"),
    "a column style that is not there": (
        SHEET, '<col min="17"', '<col style="9" min="17"', "style 9 at 17",
    ),
    "a font that is not there": (
        STYLES, 'numFmtId="164" fontId="0"', 'numFmtId="164" fontId="8"',
        "a fontId that is missing",
    ),
    "a number format that is not defined": (
        STYLES, "<numFmts.*</numFmts>", "", "cellXfs 2 has number format 164, undefined",
    ),
    "a rule with a format that is not there": (
        SHEET, 'dxfId="1"', 'dxfId="3"', "a rule has dxfId 3 of 3",
    ),
    "a table with a format that is not there": (
        TABLE, '<tableColumn id="1"', '<tableColumn dataDxfId="44" id="1"', "dataDxfId 44 of 3",
    ),
    "two rules with one priority": (
        SHEET, 'priority="2"', 'priority="1"', "two rules have priority 1",
    ),
    "an extended rule with the priority of another": (
        SHEET, 'priority="6"', 'priority="5"', "two rules have priority 5",
    ),
    "a rule with priority 0": (SHEET, 'priority="2"', 'priority="0"', "a rule has priority '0'"),
    "a rule without formula": (
        SHEET, r"<formula>\$Q7=7</formula>", "", "rule 5 has no formula",
    ),
    "a rule with its equals sign": (
        SHEET, r"<formula>\$Q7=7", "<formula>=$Q7=7", "rule 5 has a formula Excel cannot take",
    ),
    "a rule on no cells": (
        SHEET, 'sqref="L7:Q20"', 'sqref="Q20:L7"', "a conditional format applies to 'Q20:L7'",
    ),
    "an extended rule without its base": (
        SHEET, '<cfRule type="dataBar".*?</cfRule>', "", "has no base rule",
    ),
    "a base without its extended rule": (
        SHEET, '<x14:conditionalFormatting><x14:cfRule type="dataBar".*?</x14:conditionalF[^>]*>',
        "", "has no x14 rule",
    ),
    "an extension on no cells": (
        SHEET, "<xm:sqref>T3<", "<xm:sqref>3T<", "an extension applies to '3T'",
    ),
    "a list that is too long": (
        SHEET, '"H,L,T"', f'"{"H," * 128}"', "the list of the validation of B7 is too long",
    ),
    "a message that is too long": (
        SHEET, 'sqref="B7"', f'sqref="B7" promptTitle="{"p" * 33}"', "promptTitle",
    ),
    "a validation of no cells": (
        SHEET, 'sqref="B7"', 'sqref="7B"', "a data validation applies to '7B'",
    ),
    "a button without shape": (
        SHEET, 'shapeId="1025"', 'shapeId="1099"', "control 'Button 1' has no shape",
    ),
    "comments without drawing": (
        SHEET, "<legacyDrawing[^>]*>", "", "its comments have no drawing",
    ),
    "a comment without author": (
        "xl/comments1.xml", 'authorId="0"', 'authorId="1"', "the comment in Q3 has no author",
    ),
    "a thread by nobody": (
        "xl/persons/person.xml", ' id="{5B', ' id="{6B', "the comment in Q3 is by nobody",
    ),
    "a thread without plain comment": (
        "xl/threadedComments/threadedComment1.xml", 'ref="Q3"', 'ref="Q4"',
        "the comment in Q4 has no plain comment below",
    ),
    "a name of a sheet that is too long": (
        WORKBOOK, 'name="Styles"', f'name="{"S" * 32}"', "cannot be the name of a sheet",
    ),
    "two sheets with one name": (
        WORKBOOK, 'name="Styles"', 'name="SETTINGS"', "two sheets are named 'settings'",
    ),
    "two sheets with one id": (
        WORKBOOK, 'sheetId="4"', 'sheetId="3"', "two sheets have the id 3",
    ),
    "a column unlike its heading": (
        TABLE, 'name="Value"', 'name="Valu"', "column 'Valu' has the heading 'Value'",
    ),
    "two columns of one name": (
        TABLE, 'name="Value"', 'name="CODE"', "two columns are named 'code'",
    ),
    "fewer columns than the table is wide": (
        TABLE, '<tableColumn id="4"[^>]*>', "", "3 columns do not fill A4:D8",
    ),
    "a filter beyond its table": (
        TABLE, '<autoFilter ref="A4:D8"', '<autoFilter ref="A4:E8"', "its filter covers A4:E8",
    ),
    "two tables of one name": (
        "xl/tables/table2.xml", 'ame="Settings"', 'ame="counts"', "have the displayName 'counts'",
    ),
    "a table with the name of a cell": (
        TABLE, 'displayName="Counts"', 'displayName="C1"', "'C1' cannot be the name of a table",
    ),
    "a table with a defined name": (
        WORKBOOK, 'name="my_promise"', 'name="Counts"', "'Counts' cannot be the name of a table",
    ),
    "a name that looks like a cell": (
        WORKBOOK, 'name="my_promise"', 'name="MAR12"', "'MAR12' cannot be a name",
    ),
    "a name with a space": (
        WORKBOOK, 'name="my_promise"', 'name="my promise"', "'my promise' cannot be a name",
    ),
    "a name twice": (
        WORKBOOK, 'name="my_promise"', 'name="Scorecard_Body"', "'scorecard_body' is defined twice",
    ),
    "a name that leads nowhere": (
        WORKBOOK, r"'My notes'!\$A\$2", "#REF!", "the name 'my_promise' leads to '#REF!'",
    ),
    "a name that leads to a missing sheet": (
        WORKBOOK, r"'My notes'!\$A\$2", "'Your notes'!$A$2", "leads to sheet 'Your notes'",
    ),
    "a name of a missing sheet": (
        WORKBOOK, '(Print_Titles" localSheetId=)"0"', r'\1"9"', "belongs to sheet 9",
    ),
    "a print area of another sheet": (
        WORKBOOK, r"Scorecard!\$A\$1:\$L\$9", "Counts!$A$1:$L$9", "is not of its own sheet",
    ),
    "a print area of no cells": (
        WORKBOOK, r"Scorecard!\$A\$1:\$L\$9", "Scorecard!$A$9:$L$1", "covers '$A$9:$L$1'",
    ),
    "print titles upside down": (
        WORKBOOK, r"Scorecard!\$5:\$6", "Scorecard!$6:$5", "covers '$6:$5'",
    ),
    "a calc chain with a cell without formula": (
        "xl/calcChain.xml", 'r="Q9"', 'r="Q8"', "Scorecard!Q8 holds no formula",
    ),
    "an empty calc chain": ("xl/calcChain.xml", "<c .*/>", "", "is empty"),
    "a calc chain with a cell twice": (
        "xl/calcChain.xml", 'r="D7"', 'r="C7"', "Scorecard!C7 is there twice",
    ),
}  # fmt: skip
