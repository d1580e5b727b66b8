"""The theme of workbooks written from nothing; no cell of theirs makes use of it."""

from __future__ import annotations

FONT = "Arial"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F3A5F", "lt2": "DCE6F1", "accent1": "1F3A5F",
    "accent2": "A61C1C", "accent3": "57B894", "accent4": "FFC83D", "accent5": "1B5E9B",
    "accent6": "595959", "hlink": "1B5E9B", "folHlink": "595959",
}  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_xml() -> str:
    """What the part holds behind its declaration."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in _COLOURS.items()
    )
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    return (
        f'<a:theme xmlns:a="{_MAIN}" name="Scorecard"><a:themeElements>'
        f'<a:clrScheme name="Scorecard">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Scorecard"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Scorecard"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
