"""What XlsxWriter leaves out of a package: a ribbon tab, and the content type of an add-in."""

from __future__ import annotations

from pathlib import Path

from scorecard_xl.engines.file.package import Package

WORKBOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_WORKBOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADDIN = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"

_RIBBON = Path(__file__).with_name("addin") / "ribbon.xml"
_RIBBON_PART = "customUI/customUI.xml"
# Excel 2007's pair of namespace and relationship; mixed with the later pair, it is refused.
_RIBBON_RELATIONSHIP = (
    b'<Relationship Id="rIdRibbon" Type="http://schemas.microsoft.com/office/2006/'
    b'relationships/ui/extensibility" Target="customUI/customUI.xml"/>'
)
_TYPES, _RELATIONSHIPS = "[Content_Types].xml", "_rels/.rels"


def retyped(content: bytes, *, old: bytes, new: bytes) -> bytes:
    """Return a package whose workbook is of another kind."""
    package = Package(content, name="workbook")
    return package.replaced({_TYPES: package.read(_TYPES).replace(old, new)}).to_bytes()


def with_ribbon(content: bytes) -> bytes:
    """Return a package with the Scorecard tab."""
    package = Package(content, name="workbook")
    relationships = package.read(_RELATIONSHIPS).replace(
        b"</Relationships>", _RIBBON_RELATIONSHIP + b"</Relationships>"
    )
    parts = {_RIBBON_PART: _RIBBON.read_bytes(), _RELATIONSHIPS: relationships}
    return package.replaced(parts).to_bytes()
