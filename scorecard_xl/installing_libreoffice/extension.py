"""The extension of LibreOffice, made from its readable parts for the Python that installs it."""

from __future__ import annotations

import importlib.metadata
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

IDENTIFIER = "org.scorecard_xl.libreoffice"
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
    description = _part("description.xml").replace("VERSION", importlib.metadata.version(_LIBRARY))
    entries = {
        "META-INF/manifest.xml": _manifest(_MANIFEST, _EXTENSION_TYPES),
        "description.xml": description,
        "Events.xcu": _part("Events.xcu"),
        "Addons.xcu": _part("Addons.xcu"),
        f"{_LIBRARY}/script.xlb": _library_list(_LIBRARY, ("Scorecard", "Installed")),
        # A library of macros is also looked into for dialogs; there are none.
        f"{_LIBRARY}/dialog.xlb": _library_list(_LIBRARY, ()),
        f"{_LIBRARY}/Scorecard.xba": _module("Scorecard", _part("Scorecard.bas")),
        f"{_LIBRARY}/Installed.xba": _module("Installed", _installed(interpreter)),
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
