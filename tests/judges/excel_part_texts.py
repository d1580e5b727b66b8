"""The texts of parts as Excel writes them, with the few places that depend on the workbook."""

from __future__ import annotations

import struct
import zlib
from string import Template

MAIN_XMLNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PERSON = "{5B2C1B5E-6D07-4C5C-9B0A-0A8B1E1F2A01}"
THREAD = Template("{0F6F0C63-3D5B-4D4F-8A61-7B1C2D3E4F0$number}")
DATA_BAR = "{3C9D7A10-2E4B-4F6A-9C8D-1A2B3C4D5E6F}"
STANDALONE_RULE = "{7E1F2D3C-4B5A-4978-8675-64534231A0B1}"

CONTENT_TYPES = {
    "button": "application/vnd.ms-excel.controlproperties+xml",
    "calc_chain": "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml",
    "comments": "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    "custom_properties": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "custom_xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    "drawing": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "persons": "application/vnd.ms-excel.person+xml",
    "printer": "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
    "slicer": "application/vnd.ms-excel.slicer+xml",
    "slicer_cache": "application/vnd.ms-excel.slicerCache+xml",
    "threads": "application/vnd.ms-excel.threadedcomments+xml",
    "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    "worksheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
}

BUTTON_PROPERTIES = (
    '<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'objectType="Button" lockText="1"/>'
)

BUTTON_CONTROL = Template(
    '<mc:AlternateContent><mc:Choice Requires="x14"><controls>'
    '<mc:AlternateContent><mc:Choice Requires="x14">'
    '<control shapeId="$shape" r:id="$relation" name="Button 1">'
    '<controlPr defaultSize="0" print="0" autoFill="0" autoPict="0"$macro>'
    '<anchor moveWithCells="1" sizeWithCells="1">'
    "<from><xdr:col>18</xdr:col><xdr:colOff>0</xdr:colOff>"
    "<xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></from>"
    "<to><xdr:col>20</xdr:col><xdr:colOff>0</xdr:colOff>"
    "<xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></to>"
    "</anchor></controlPr></control></mc:Choice></mc:AlternateContent>"
    "</controls></mc:Choice></mc:AlternateContent>"
)

VML = Template(
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="$block"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path shadowok="f" o:extrusionok="f" strokeok="f" fillok="f" o:connecttype="rect"/>'
    '<o:lock v:ext="edit" shapetype="t"/></v:shapetype>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)

BUTTON_SHAPE = Template(
    '<v:shape id="_x0000_s$shape" type="#_x0000_t201" '
    "style='position:absolute;margin-left:900pt;margin-top:0;width:96pt;height:30pt;z-index:1' "
    'o:button="t" fillcolor="buttonFace [67]" strokecolor="windowText [64]" o:insetmode="auto">'
    '<v:fill color2="buttonFace [67]" o:detectmouseclick="t"/>'
    "<v:textbox style='mso-direction-alt:auto' o:singleclick=\"f\">"
    '<div style=\'text-align:center\'><font face="Calibri" size="220" color="#000000">'
    "Refresh</font></div></v:textbox>"
    '<x:ClientData ObjectType="Button"><x:Anchor>18, 0, 0, 0, 20, 0, 2, 0</x:Anchor>'
    "<x:PrintObject>False</x:PrintObject><x:AutoFill>False</x:AutoFill>$macro"
    "<x:TextHAlign>Center</x:TextHAlign><x:TextVAlign>Center</x:TextVAlign>"
    "</x:ClientData></v:shape>"
)

COMMENT_SHAPE = Template(
    '<v:shape id="_x0000_s$shape" type="#_x0000_t202" '
    "style='position:absolute;margin-left:60pt;margin-top:20pt;width:108pt;height:60pt;"
    'z-index:2;visibility:hidden\' fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>'
    "<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>"
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>18, 15, 4, 10, 20, 15, 8, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>$row</x:Row><x:Column>$column</x:Column></x:ClientData></v:shape>"
)

COMMENTS = f'<comments xmlns="{MAIN_XMLNS}"><authors/><commentList/></comments>'
COMMENT = Template(
    '<comment ref="$cell" authorId="$author" shapeId="0"><text><t>[Threaded comment]\n\n'
    "Your version of Excel allows you to read this threaded comment; however, any edits to it "
    "will get removed if the file is opened in a newer version of Excel.\n\nComment:\n"
    "    Agreed with the team on Monday</t></text></comment>"
)
THREADS = Template(
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
    f'threadedcomments" xmlns:x="{MAIN_XMLNS}"><threadedComment ref="$cell" '
    f'dT="2026-01-05T09:30:00.00" personId="{PERSON}" id="$thread">'
    "<text>Agreed with the team on Monday</text></threadedComment></ThreadedComments>"
)
PERSONS = (
    '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
    f'threadedcomments" xmlns:x="{MAIN_XMLNS}"><person displayName="A. Analyst" '
    f'id="{PERSON}" userId="A. Analyst" providerId="None"/></personList>'
)

DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
)
_CORNERS = Template(
    "<xdr:from><xdr:col>$left</xdr:col><xdr:colOff>0</xdr:colOff>"
    "<xdr:row>$top</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    "<xdr:to><xdr:col>$right</xdr:col><xdr:colOff>0</xdr:colOff>"
    "<xdr:row>$bottom</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
)
_HOLDER = (
    '<holder xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
)


def _corners(left: int, top: int) -> str:
    """Anchor two columns wide and two rows high."""
    return _CORNERS.substitute(left=left, top=top, right=left + 2, bottom=top + 2)


def drawing_holder(xml: str) -> str:
    """XML of drawing anchors inside a root that declares their prefixes."""
    return f"{_HOLDER}{xml}</holder>"


def button_twin(shape: int, macro: str) -> str:
    """Hidden twin of a form button, which Excel keeps in the drawing."""
    return (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        '2006"><mc:Choice xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" '
        f'Requires="a14"><xdr:twoCellAnchor editAs="oneCell">{_corners(18, 0)}'
        f'<xdr:sp macro="{macro}" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{shape}" '
        'name="Button 1" hidden="1"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr bwMode="auto">'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></xdr:spPr></xdr:sp>"
        '<xdr:clientData fPrintsWithSheet="0"/></xdr:twoCellAnchor></mc:Choice>'
        "<mc:Fallback/></mc:AlternateContent>"
    )


def text_box(identity: int, *, is_box: bool) -> str:
    """A text box, or a plain rectangle with a text."""
    name, row, attribute = ("TextBox", 4, ' txBox="1"') if is_box else ("Rectangle", 8, "")
    return (
        f'<xdr:twoCellAnchor>{_corners(18, row)}<xdr:sp macro="" textlink=""><xdr:nvSpPr>'
        f'<xdr:cNvPr id="{identity}" name="{name} {identity}"/>'
        f"<xdr:cNvSpPr{attribute}/></xdr:nvSpPr>"
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="400000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/>'
        '<a:p><a:r><a:rPr lang="en-GB"/><a:t>Seen by the board</a:t></a:r></a:p></xdr:txBody>'
        "</xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"
    )


def picture(identity: int, relation: str) -> str:
    """A picture whose file the drawing relates to."""
    return (
        f'<xdr:twoCellAnchor editAs="oneCell">{_corners(18, 12)}<xdr:pic><xdr:nvPicPr>'
        f'<xdr:cNvPr id="{identity}" name="Picture {identity}" descr="The council\'s arms"/>'
        "<xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>"
        '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="400000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
        "<xdr:clientData/></xdr:twoCellAnchor>"
    )


def slicer_frame(identity: int) -> str:
    """Frame of the slicer in the drawing, with the box that older programs show instead."""
    return (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        '2006"><mc:Choice xmlns:sle15="http://schemas.microsoft.com/office/drawing/2012/slicer" '
        f'Requires="sle15"><xdr:twoCellAnchor editAs="oneCell">{_corners(18, 2)}'
        f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="{identity}" '
        'name="Data period"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/drawing/2010/slicer"><sle:slicer '
        'xmlns:sle="http://schemas.microsoft.com/office/drawing/2010/slicer" '
        'name="Data period"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/>'
        f"</xdr:twoCellAnchor></mc:Choice><mc:Fallback>{text_box(identity, is_box=False)}"
        "</mc:Fallback></mc:AlternateContent>"
    )


def slicer_cache(table_id: str, column: int) -> str:
    """Cache of a slicer on a column of a table."""
    return (
        '<slicerCacheDefinition xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/'
        f'main" xmlns:x="{MAIN_XMLNS}" name="Slicer_Data_period" sourceName="Data period">'
        '<extLst><x:ext uri="{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}" '
        'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
        f'<x15:tableSlicerCache tableId="{table_id}" column="{column}"/></x:ext></extLst>'
        "</slicerCacheDefinition>"
    )


SLICER = (
    '<slicers xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<slicer name="Data period" cache="Slicer_Data_period" caption="Data period" '
    'rowHeight="241300"/></slicers>'
)
RIBBON = (
    '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs>'
    '<tab id="tabBoard" label="Board papers"><group id="groupBoard" label="Papers"/></tab>'
    "</tabs></ribbon></customUI>"
)
CUSTOM_XML = '<record xmlns="urn:council:records"><retention>7 years</retention></record>'
CUSTOM_XML_PROPERTIES = (
    '<ds:datastoreItem ds:itemID="{9A0E3C53-7B0B-4B2B-9E1D-2C6D5E4F3A21}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    '<ds:schemaRefs><ds:schemaRef ds:uri="urn:council:records"/></ds:schemaRefs>'
    "</ds:datastoreItem>"
)
CUSTOM_PROPERTIES = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Retention">'
    "<vt:lpwstr>7 years</vt:lpwstr></property></Properties>"
)
NOTES_SHEET = (
    f'<worksheet xmlns="{MAIN_XMLNS}"><dimension ref="A1:B3"/><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Promised to the board</t></is></c></row>'
    '<row r="2"><c r="A2"><v>41</v></c><c r="B2"><f>COUNTA(Scorecard!A1)</f><v>1</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>Not before March</t></is></c></row>'
    '</sheetData><mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells>'
    '<conditionalFormatting sqref="A2"><cfRule type="colorScale" priority="1"><colorScale>'
    '<cfvo type="min"/><cfvo type="max"/><color rgb="FFFFFFFF"/><color rgb="FF63BE7B"/>'
    "</colorScale></cfRule></conditionalFormatting></worksheet>"
)


def png() -> bytes:
    """A picture of one red point."""
    header = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    pieces = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\xff\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in pieces
    )
