"""A document as the bytes of an .xlsx file: the same document always gives the same parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.engines.circulated.sheets import (
    Strings,
    printed_area,
    sheet_bytes,
    table_bytes,
)
from scorecard_xl.engines.circulated.styles import LookBook
from scorecard_xl.engines.circulated.texts import attribute
from scorecard_xl.engines.file.cells import escaped
from scorecard_xl.engines.file.theme import theme_xml
from scorecard_xl.engines.file.xml import (
    DECLARATION,
    MAIN,
    OFFICE_RELATIONSHIPS,
    PACKAGE_RELATIONSHIPS,
)
from scorecard_xl.engines.file.zip_records import archive, packed_part
from scorecard_xl.workbook.engine import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.engines.circulated.document import Document, Properties

_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CORE_RELATION = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT_OF_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def document_bytes(document: Document) -> bytes:
    """The .xlsx file of a document."""
    parts, tables = _sheet_parts(document)
    pages = len(document.pages)
    sheets = [
        (f"{OFFICE_RELATIONSHIPS}/worksheet", f"worksheets/sheet{i}.xml") for i in _upto(pages)
    ]
    others = {"theme": "theme/theme1.xml", "styles": "styles.xml"}
    others["sharedStrings"] = "sharedStrings.xml"
    related = [*sheets, *((f"{OFFICE_RELATIONSHIPS}/{kind}", it) for kind, it in others.items())]
    heads = {
        "[Content_Types].xml": _content_types(pages, tables),
        "_rels/.rels": _relationships(
            [
                (f"{OFFICE_RELATIONSHIPS}/officeDocument", "xl/workbook.xml"),
                (_CORE_RELATION, "docProps/core.xml"),
                (f"{OFFICE_RELATIONSHIPS}/extended-properties", "docProps/app.xml"),
                (f"{OFFICE_RELATIONSHIPS}/custom-properties", "docProps/custom.xml"),
            ]
        ),
        "docProps/app.xml": _application(),
        "docProps/core.xml": _core(document.properties),
        "docProps/custom.xml": _custom(document.properties.custom),
        "xl/workbook.xml": _workbook(document),
        "xl/_rels/workbook.xml.rels": _relationships(related),
    }
    return _zipped({**heads, **parts})


def _sheet_parts(document: Document) -> tuple[dict[str, bytes], int]:
    """The sheets' parts, with their tables, looks and texts; and how many tables there are."""
    looks, strings = LookBook(), Strings()
    parts: dict[str, bytes] = {}
    tables = 0
    for number, page in enumerate(document.pages, 1):
        sheet = sheet_bytes(page, looks, strings, is_first=number == 1)
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet
        if page.tables:
            targets = [f"../tables/table{tables + i}.xml" for i in _upto(len(page.tables))]
            related = [(f"{OFFICE_RELATIONSHIPS}/table", target) for target in targets]
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relationships(related)
        for table in page.tables:
            tables += 1
            parts[f"xl/tables/table{tables}.xml"] = table_bytes(table, tables)
    parts["xl/theme/theme1.xml"] = (DECLARATION + theme_xml()).encode()
    parts["xl/styles.xml"] = looks.to_bytes()
    parts["xl/sharedStrings.xml"] = strings.to_bytes()
    return parts, tables


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    return archive(packed_part(part, content, None) for part, content in parts.items())


def _relationships(related: list[tuple[str, str]]) -> bytes:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, 1)
    )
    return (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{items}</Relationships>'
    ).encode()


def _content_types(pages: int, tables: int) -> bytes:
    kinds = {
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties",
        "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties",
        "/xl/workbook.xml": f"{_SPREADSHEET}.sheet.main",
        **{f"/xl/worksheets/sheet{i}.xml": f"{_SPREADSHEET}.worksheet" for i in _upto(pages)},
        **{f"/xl/tables/table{i}.xml": f"{_SPREADSHEET}.table" for i in _upto(tables)},
        "/xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme",
        "/xl/styles.xml": f"{_SPREADSHEET}.styles",
        "/xl/sharedStrings.xml": f"{_SPREADSHEET}.sharedStrings",
    }
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{kind}+xml"/>' for part, kind in kinds.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{_CONTENT_TYPES}">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _upto(count: int) -> range:
    return range(1, count + 1)


def _workbook(document: Document) -> bytes:
    sheets = "".join(
        f'<sheet name="{attribute(page.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, page in enumerate(document.pages, 1)
    )
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE_RELATIONSHIPS}">'
        "<workbookPr/>"
        '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="20490" '
        'windowHeight="10920" activeTab="0"/></bookViews>'
        f"<sheets>{sheets}</sheets>{_names(document)}</workbook>"
    ).encode()


def _names(document: Document) -> str:
    """The names, and what of each sheet is printed and repeated, in the order Excel keeps."""
    found = {(name.lower(), -1): (name, area.absolute) for name, area in document.names.items()}
    for number, page in enumerate(document.pages):
        found["_xlnm.print_area", number] = ("_xlnm.Print_Area", printed_area(page).absolute)
        if page.set_up.repeated_rows:
            first, last = page.set_up.repeated_rows
            rows = f"{quoted(page.name)}!${first}:${last}"
            found["_xlnm.print_titles", number] = ("_xlnm.Print_Titles", rows)
    items = "".join(
        f'<definedName name="{name}"{_local(sheet)}>{escaped(reference)}</definedName>'
        for (_, sheet), (name, reference) in sorted(found.items())
    )
    return f"<definedNames>{items}</definedNames>"


def _local(sheet: int) -> str:
    return "" if sheet < 0 else f' localSheetId="{sheet}"'


def _application() -> bytes:
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>scorecard_xl</Application></Properties>"
    ).encode()


def _core(properties: Properties) -> bytes:
    made = f"{properties.made_at:%Y-%m-%dT%H:%M:%SZ}"
    texts = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "dc:language": properties.language,
        "cp:contentStatus": properties.status,
        "cp:version": properties.version,
    }
    elements = "".join(f"<{tag}>{escaped(text)}</{tag}>" for tag, text in texts.items() if text)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{made}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{elements}{dates}</cp:coreProperties>"
    ).encode()


def _custom(custom: Mapping[str, str]) -> bytes:
    items = "".join(
        f'<property fmtid="{_FORMAT_OF_PROPERTIES}" pid="{number}" name="{attribute(name)}">'
        f"<vt:lpwstr>{escaped(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(custom.items(), 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/custom-properties" '
        f'xmlns:vt="{_OFFICE}/docPropsVTypes">{items}</Properties>'
    ).encode()
