"""The extension of LibreOffice, made from its readable parts for the Python that installs it."""

from __future__ import annotations

import importlib.metadata
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

IDENTIFIER = "org.scorecard_xl.libreoffice"
# What the buttons and the menu can start, and what it is called there.
BUTTONS = {
    "refresh": "Refresh",
    "check": "Check",
    "roll_forward": "Roll forward",
    "circulate": "Circulate",
    "doctor": "Doctor",
}
STAND_IN = "xlwings.xlam"
_LIBRARY = "scorecard_xl"
_PARTS = Path(__file__).with_name("extension")
_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "http://openoffice.org/2001/manifest"
_DOCUMENT_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_EXTENSION_TYPES = {
    f"{_LIBRARY}/": "application/vnd.sun.star.basic-library",
    "Events.xcu": "application/vnd.sun.star.configuration-data",
    "Addons.xcu": "application/vnd.sun.star.configuration-data",
}
_MENU_ENTRY = """\
      <node oor:name="org.scorecard_xl.{action}" oor:op="replace">
        <prop oor:name="URL" oor:type="xs:string"><value>vnd.sun.star.script:\
scorecard_xl.Menu.Menu_{action}?language=Basic&amp;location=application</value></prop>
        <prop oor:name="Title" oor:type="xs:string">\
<value xml:lang="en">Scorecard: {label}</value></prop>
        <prop oor:name="Context" oor:type="xs:string">\
<value>com.sun.star.sheet.SpreadsheetDocument</value></prop>
      </node>"""
_EMPTY_SHEET = (
    _HEAD + "<office:document-content "
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="xlwings"/>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def extension(interpreter: Path) -> bytes:
    """Make the extension (.oxt): macros, where they are called from, and the stand-in workbook.

    Parameters
    ----------
    interpreter
        The Python that the macros start.
    """
    version = importlib.metadata.version(_LIBRARY)
    description = _part("description.xml").replace("VERSION", version)
    entries = {
        "META-INF/manifest.xml": _manifest(_MANIFEST, _EXTENSION_TYPES),
        "description.xml": description.replace("BUTTONS", buttons_in_words()),
        "Events.xcu": _part("Events.xcu"),
        "Addons.xcu": _part("Addons.xcu").replace("<!-- BUTTONS -->", _menu()),
        f"{_LIBRARY}/script.xlb": _library_list(_LIBRARY, ("Scorecard", "Installed", "Menu")),
        # A library of macros is also looked into for dialogs; there are none.
        f"{_LIBRARY}/dialog.xlb": _library_list(_LIBRARY, ()),
        f"{_LIBRARY}/Scorecard.xba": _module("Scorecard", _part("Scorecard.bas")),
        f"{_LIBRARY}/Installed.xba": _module("Installed", _installed(interpreter)),
        f"{_LIBRARY}/Menu.xba": _module("Menu", _subs()),
    }
    return _packed({name: text.encode() for name, text in entries.items()} | {STAND_IN: stand_in()})


def stand_in() -> bytes:
    """Make the workbook that stands where a scorecard's macros look for the xlwings add-in."""
    types = {
        "/": _SPREADSHEET,
        "content.xml": "text/xml",
        "Basic/script-lc.xml": "text/xml",
        "Basic/Standard/script-lb.xml": "text/xml",
        "Basic/Standard/Main.xml": "text/xml",
    }
    libraries = (
        _HEAD + '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<library:library library:name="Standard" library:link="false"/></library:libraries>'
    )
    entries = {
        "mimetype": _SPREADSHEET,
        "META-INF/manifest.xml": _manifest(_DOCUMENT_MANIFEST, types),
        "content.xml": _EMPTY_SHEET,
        "Basic/script-lc.xml": libraries,
        "Basic/Standard/script-lb.xml": _library_list("Standard", ("Main",)),
        "Basic/Standard/Main.xml": _module("Main", _part("Main.bas")),
    }
    return _packed({name: text.encode() for name, text in entries.items()})


def _part(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")


def _installed(interpreter: Path) -> str:
    """The module that knows which Python to start; Basic doubles quotation marks in texts."""
    path = str(interpreter).replace('"', '""')
    return f'Public Function Interpreter() As String\n    Interpreter = "{path}"\nEnd Function\n'


def buttons_in_words() -> str:
    """Name the buttons as a sentence does: ``Refresh, Check and Doctor``."""
    *first, last = BUTTONS.values()
    return f"{', '.join(first)} and {last}"


def _subs() -> str:
    """A macro for each entry of the menu, and which actions there are."""
    actions = ", ".join(f'"{action}"' for action in BUTTONS)
    listed = f"Public Function Actions() As Variant\n    Actions = Array({actions})\nEnd Function\n"
    subs = (
        f'\nPublic Sub Menu_{action}()\n    StartPython "{action}"\nEnd Sub\n' for action in BUTTONS
    )
    return listed + "".join(subs)


def _menu() -> str:
    """The entries of Tools, Add-Ons."""
    return "\n".join(
        _MENU_ENTRY.format(action=action, label=label) for action, label in BUTTONS.items()
    )


def _module(name: str, source: str) -> str:
    return (
        f'{_HEAD}<script:module xmlns:script="http://openoffice.org/2000/script" '
        f'script:name="{name}" script:language="StarBasic" script:moduleType="normal">'
        f"{escape(source)}</script:module>"
    )


def _library_list(library: str, modules: tuple[str, ...]) -> str:
    elements = "".join(f'<library:element library:name="{name}"/>' for name in modules)
    return (
        f'{_HEAD}<library:library xmlns:library="http://openoffice.org/2000/library" '
        f'library:name="{library}" library:readonly="false" library:passwordprotected="false">'
        f"{elements}</library:library>"
    )


def _manifest(namespace: str, types: dict[str, str]) -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:media-type="{kind}" manifest:full-path="{path}"/>'
        for path, kind in types.items()
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{namespace}" manifest:version="1.2">{entries}'
        "</manifest:manifest>"
    )


def _packed(entries: dict[str, bytes]) -> bytes:
    """Zip entries, always to the same bytes; the first is stored, as documents begin."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, entry in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, entry)
    return content.getvalue()
