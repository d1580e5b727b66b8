"""A workbook printed whole to PDF by LibreOffice, for readers who hear it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.engines.libreoffice import libreoffice_app
from scorecard_xl.engines.libreoffice.installation import uno_module
from scorecard_xl.engines.libreoffice.office import properties, url_of

if TYPE_CHECKING:
    from scorecard_xl.engines.libreoffice.office import Office

_WANTED = {
    "UseTaggedPDF": True,
    "DisplayPDFDocumentTitle": True,
    "ExportBookmarks": True,
    "EmbedStandardFonts": True,
}


def tagged_pdf(content: bytes, *, language: str) -> bytes:
    """Print every sheet of an .xlsx file: tagged, with bookmarks, its title and its language.

    Raises
    ------
    EngineError
        LibreOffice is missing.
    """
    with tempfile.TemporaryDirectory() as folder, libreoffice_app() as app:
        copy, pdf = Path(folder) / "copy.xlsx", Path(folder) / "copy.pdf"
        copy.write_bytes(content)
        _speak(app.impl.office, language)
        document = app.books.open(str(copy), read_only=True).impl.document
        data = uno_module().Any("[]com.sun.star.beans.PropertyValue", properties(**_WANTED))
        wanted = properties(FilterName="calc_pdf_Export", FilterData=data)
        document.storeToURL(url_of(pdf), wanted)
        return pdf.read_bytes()


def _speak(office: Office, language: str) -> None:
    """Set LibreOffice's own language, which is the one that it writes into a PDF."""
    provider = office.service("com.sun.star.configuration.ConfigurationProvider")
    access = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationUpdateAccess",
        properties(nodepath="/org.openoffice.Setup/L10N"),
    )
    access.ooSetupSystemLocale = language
    access.commitChanges()
