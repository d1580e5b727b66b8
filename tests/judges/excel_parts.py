"""A workbook as a user's Excel leaves it: with everything that a refresh must not touch.

The parts lie on the sheets Scorecard and Counts, in columns Q to U, right of the
scorecard's own block, and on a sheet "My notes".
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from tests.judges import excel_part_texts as texts
from tests.judges.excel_cells import USER_CELLS, add_rules, add_sparkline, add_user_cells
from tests.judges.foreign import foreign_elements, foreign_entries
from tests.judges.opened_package import MAIN, RELATION, area_of
from tests.judges.package_editor import (
    PackageEditor,
    add_extension,
    add_to_sheet,
    list_in_sheet,
    parsed,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NOTES_SHEET", "USER_CELLS", "foreign_elements", "foreign_entries", "with_excel_parts"]

NOTES_SHEET = "My notes"
_MICROSOFT_KINDS = "http://schemas.microsoft.com/office/"
_CONTENT = texts.CONTENT_TYPES


def with_excel_parts(source_path: Path, target_path: Path) -> None:
    """Write to `target_path` the workbook of `source_path` with the parts Excel would add."""
    package = PackageEditor(source_path)
    scorecard, counts = package.sheet_part("Scorecard"), package.sheet_part("Counts")
    _add_button(package, scorecard)
    _add_shapes(package, scorecard)
    _add_threaded_comment(package, scorecard, "Q3")
    _add_threaded_comment(package, counts, "Q5")
    _add_slicer(package, counts)
    add_user_cells(package, scorecard, counts)
    add_rules(package, scorecard)
    add_sparkline(package, scorecard)
    for sheet in (scorecard, counts):
        _add_printer(package, sheet)
    _add_parts_of_package(package)
    _add_notes_sheet(package)
    _add_calc_chain(package)
    package.save(target_path)


def _free_part(package: PackageEditor, pattern: str) -> str:
    """First name of this pattern that no part has."""
    return next(name for n in range(1, 99) if (name := pattern.format(n)) not in package.entries)


def _drawing(package: PackageEditor, sheet: str) -> str:
    """Drawing of a sheet, made if there is none."""
    found = package.related(sheet, "drawing")
    root = package.xml(sheet)
    if not found and root.find(f"{MAIN}drawing") is None:
        part = _free_part(package, "xl/drawings/drawing{}.xml")
        package.add_part(part, texts.DRAWING, _CONTENT["drawing"])
        add_to_sheet(root, f'<drawing r:id="{package.relate(sheet, "drawing", part)}"/>')
        return part
    return found[0] if found else _target(package, sheet, f"{MAIN}drawing")


def _target(package: PackageEditor, sheet: str, tag: str) -> str:
    """Part that a child of a sheet names by r:id, added ones included."""
    identity = package.xml(sheet).find(tag).get(f"{RELATION}id")
    folder, name = posixpath.split(sheet)
    lines = package.xml(f"{folder}/_rels/{name}.rels")
    target = next(line.get("Target") for line in lines if line.get("Id") == identity)
    return target.lstrip("/") if target[0] == "/" else posixpath.normpath(f"{folder}/{target}")


def _add_anchors(package: PackageEditor, drawing: str, *anchors: str) -> None:
    """Put anchors behind those a drawing has."""
    package.xml(drawing).extend(list(etree.fromstring(texts.drawing_holder("".join(anchors)))))


def _free_shape_id(package: PackageEditor, sheet: str) -> tuple[str, int]:
    """VML drawing of a sheet, made if there is none, and an id that no shape in it has."""
    root = package.xml(sheet)
    if root.find(f"{MAIN}legacyDrawing") is None:
        part = _free_part(package, "xl/drawings/vmlDrawing{}.vml")
        package.add_default_type("vml", _CONTENT["vml"])
        block = part.removeprefix("xl/drawings/vmlDrawing").removesuffix(".vml")
        package.entries[part] = texts.VML.substitute(block=block).encode()
        add_to_sheet(root, f'<legacyDrawing r:id="{package.relate(sheet, "vmlDrawing", part)}"/>')
    part = _target(package, sheet, f"{MAIN}legacyDrawing")
    vml = package.xml(part)
    (block,) = (int(element.get("data")) for element in vml.iter("{*}idmap"))
    taken = {element.get("id") for element in vml.iter("{*}shape")}
    shape = next(n for n in range(1024 * block + 1, 99_999) if f"_x0000_s{n}" not in taken)
    return part, shape


def _add_vml_shape(package: PackageEditor, part: str, shape_xml: str) -> None:
    """Put a shape behind those of a VML drawing."""
    holder = texts.VML.substitute(block=0).replace("</xml>", f"{shape_xml}</xml>")
    package.xml(part).append(etree.fromstring(holder)[-1])


def _add_button(package: PackageEditor, sheet: str) -> None:
    """Add a form button in its four places: control, properties, VML shape, drawing twin."""
    vml, shape = _free_shape_id(package, sheet)
    macro = "[0]!RefreshScorecard" if package.has_macros else ""
    in_vml = f"<x:FmlaMacro>{macro}</x:FmlaMacro>" if macro else ""
    _add_vml_shape(package, vml, texts.BUTTON_SHAPE.substitute(shape=shape, macro=in_vml))
    part = _free_part(package, "xl/ctrlProps/ctrlProp{}.xml")
    package.add_part(part, texts.BUTTON_PROPERTIES, _CONTENT["button"])
    control = texts.BUTTON_CONTROL.substitute(
        shape=shape,
        relation=package.relate(sheet, "ctrlProp", part),
        macro=f' macro="{macro}"' if macro else "",
    )
    add_to_sheet(package.xml(sheet), control, named="controls")
    _add_anchors(package, _drawing(package, sheet), texts.button_twin(shape, macro))


def _add_shapes(package: PackageEditor, sheet: str) -> None:
    """Add a text box, a rectangle and a picture."""
    drawing = _drawing(package, sheet)
    package.add_default_type("png", "image/png")
    image = _free_part(package, "xl/media/image{}.png")
    package.entries[image] = texts.png()
    _add_anchors(
        package,
        drawing,
        texts.text_box(901, is_box=True),
        texts.text_box(902, is_box=False),
        texts.picture(903, package.relate(drawing, "image", image)),
    )


def _add_threaded_comment(package: PackageEditor, sheet: str, cell: str) -> None:
    """Add a threaded comment: thread, person, and the plain comment that older programs show."""
    vml, shape = _free_shape_id(package, sheet)
    place = area_of(cell)
    _add_vml_shape(
        package,
        vml,
        texts.COMMENT_SHAPE.substitute(shape=shape, row=place.top - 1, column=place.left - 1),
    )
    plain = next(iter(package.related(sheet, "comments")), "")
    if not plain:
        plain = _free_part(package, "xl/comments{}.xml")
        package.add_part(plain, texts.COMMENTS, _CONTENT["comments"])
        package.relate(sheet, "comments", plain)
    part = _free_part(package, "xl/threadedComments/threadedComment{}.xml")
    thread = texts.THREAD.substitute(number=part[-5])
    authors, comments = package.xml(plain)[:2]
    etree.SubElement(authors, f"{MAIN}author").text = f"tc={thread}"
    comments.append(parsed(texts.COMMENT.substitute(cell=cell, author=len(authors) - 1)))
    content = texts.THREADS.substitute(cell=cell, thread=thread)
    package.add_part(part, content, _CONTENT["threads"])
    package.relate(sheet, _MICROSOFT_KINDS + "2017/10/relationships/threadedComment", part)
    persons = "xl/persons/person.xml"
    if persons not in package.entries:
        package.add_part(persons, texts.PERSONS, _CONTENT["persons"])
        kind = _MICROSOFT_KINDS + "2017/10/relationships/person"
        package.relate(package.workbook_part, kind, persons)


def _add_slicer(package: PackageEditor, sheet: str) -> None:
    """Add a slicer on the Data period of table Counts."""
    table = next(
        root
        for part in package.related(sheet, "table")
        if (root := package.xml(part)).get("name") == "Counts"
    )
    names = [column.get("name") for column in table.iter(f"{MAIN}tableColumn")]
    cache = "xl/slicerCaches/slicerCache1.xml"
    column = names.index("Data period") + 1
    package.add_part(cache, texts.slicer_cache(table.get("id"), column), _CONTENT["slicer_cache"])
    package.add_part("xl/slicers/slicer1.xml", texts.SLICER, _CONTENT["slicer"])
    kind = _MICROSOFT_KINDS + "2007/relationships/slicer"
    identity = package.relate(sheet, kind, "xl/slicers/slicer1.xml")
    add_extension(
        package.xml(sheet),
        "{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}",
        f'<x14:slicerList><x14:slicer r:id="{identity}"/></x14:slicerList>',
    )
    workbook = package.xml(package.workbook_part)
    identity = package.relate(package.workbook_part, kind + "Cache", cache)
    add_extension(
        workbook,
        "{46BE6895-7355-4a93-B00E-2C351335B9C9}",
        '<x15:slicerCaches xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/'
        f'main"><x14:slicerCache r:id="{identity}"/></x15:slicerCaches>',
    )
    _add_defined_name(package, "Slicer_Data_period", "#N/A")
    _add_anchors(package, _drawing(package, sheet), texts.slicer_frame(904))


def _add_defined_name(package: PackageEditor, name: str, formula: str) -> None:
    """Add a name of the workbook; the list of names is there in every scorecard."""
    names = package.xml(package.workbook_part).find(f"{MAIN}definedNames")
    etree.SubElement(names, f"{MAIN}definedName", name=name).text = formula


def _add_printer(package: PackageEditor, sheet: str) -> None:
    """Add a printer's settings, which the page set-up names."""
    part = _free_part(package, "xl/printerSettings/printerSettings{}.bin")
    package.add_part(part, b"P\0r\0i\0n\0t\0e\0r\0" + bytes(206), _CONTENT["printer"])
    page = list_in_sheet(package.xml(sheet), "pageSetup")
    page.set(f"{RELATION}id", package.relate(sheet, "printerSettings", part))


def _add_parts_of_package(package: PackageEditor) -> None:
    """Add a ribbon, custom XML and custom properties."""
    if not package.related("", "extensibility"):
        package.add_default_type("xml", "application/xml")
        package.entries["customUI/customUI14.xml"] = texts.RIBBON.encode()
        kind = _MICROSOFT_KINDS + "2007/relationships/ui/extensibility"
        package.relate("", kind, "customUI/customUI14.xml")
    package.entries["customXml/item1.xml"] = texts.CUSTOM_XML.encode()
    package.relate(package.workbook_part, "customXml", "customXml/item1.xml")
    properties = "customXml/itemProps1.xml"
    package.add_part(properties, texts.CUSTOM_XML_PROPERTIES, _CONTENT["custom_xml"])
    package.relate("customXml/item1.xml", "customXmlProps", properties)
    if "docProps/custom.xml" not in package.entries:
        content_type = _CONTENT["custom_properties"]
        package.add_part("docProps/custom.xml", texts.CUSTOM_PROPERTIES, content_type)
        package.relate("", "custom-properties", "docProps/custom.xml")


def _add_notes_sheet(package: PackageEditor) -> None:
    """Add a sheet of the user's own, last, with a name that leads to it."""
    part = _free_part(package, "xl/worksheets/sheet{}.xml")
    package.add_part(part, texts.NOTES_SHEET, _CONTENT["worksheet"])
    sheets = package.xml(package.workbook_part).find(f"{MAIN}sheets")
    line = etree.SubElement(sheets, f"{MAIN}sheet", name=NOTES_SHEET)
    line.set("sheetId", str(1 + max(int(other.get("sheetId", 0)) for other in sheets)))
    line.set(f"{RELATION}id", package.relate(package.workbook_part, "worksheet", part))
    _add_defined_name(package, "my_promise", f"'{NOTES_SHEET}'!$A$2")


def _add_calc_chain(package: PackageEditor) -> None:
    """Add the order of calculation over all formulas, in place of the one that is there."""
    workbook = package.xml(package.workbook_part)
    chain = etree.Element(f"{MAIN}calcChain", nsmap={None: MAIN[1:-1]})
    for line in workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        lines = package.xml("xl/_rels/workbook.xml.rels")
        identity = line.get(f"{RELATION}id")
        target = next(one.get("Target") for one in lines if one.get("Id") == identity)
        part = target.lstrip("/") if target[0] == "/" else f"xl/{target}"
        for cell in package.xml(part).iter(f"{MAIN}c"):
            if cell.find(f"{MAIN}f") is not None:
                etree.SubElement(chain, f"{MAIN}c", r=cell.get("r"), i=line.get("sheetId"))
    content = etree.tostring(chain, xml_declaration=True, encoding="UTF-8", standalone=True)
    if "xl/calcChain.xml" in package.entries:
        package.entries["xl/calcChain.xml"] = content
    else:
        package.add_part("xl/calcChain.xml", content, _CONTENT["calc_chain"])
        package.relate(package.workbook_part, "calcChain", "xl/calcChain.xml")
