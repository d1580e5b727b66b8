"""Notes on cells, and hyperlinks in them."""

from __future__ import annotations

import re
from typing import Any

from xlwings import base_classes

from scorecard_xl.engines.libreoffice.failures import with_sentences
from scorecard_xl.engines.libreoffice.formula_text import to_calc, to_excel

_URL_FIELD = "com.sun.star.text.TextField.URL"


@with_sentences
class Note(base_classes.Note):
    """The note on one cell."""

    def __init__(self, cell: Any) -> None:
        self._cell = cell

    @property
    def api(self) -> Any:
        return self._cell.cells.getCellByPosition(0, 0).Annotation

    @property
    def text(self) -> str:
        return str(self.api.String)

    @text.setter
    def text(self, value: str) -> None:
        self.api.setString(value)

    @property
    def author(self) -> str:
        return str(self.api.Author)

    @property
    def location(self) -> Any:
        return self._cell

    def delete(self) -> None:
        notes, place = self._cell.sheet.api.Annotations, self.api.Position
        for i in range(notes.Count):
            other = notes.getByIndex(i).Position
            if (other.Row, other.Column) == (place.Row, place.Column):
                notes.removeByIndex(i)
                return


def note_on(cell: Any) -> Note | None:
    """Find the note on a range's first cell."""
    note = Note(cell)
    return note if note.text else None


def add_note(cell: Any, text: str) -> Note:
    """Put a note on a range's first cell, in the place of one that is there."""
    address = cell.cells.getCellByPosition(0, 0).CellAddress
    cell.sheet.api.Annotations.insertNew(address, text)
    return Note(cell)


def notes_on(sheet: Any) -> list[Note]:
    """List a sheet's notes."""
    notes = sheet.api.Annotations
    places = [notes.getByIndex(i).Position for i in range(notes.Count)]
    return [Note(sheet.range((place.Row + 1, place.Column + 1))) for place in places]


def hyperlink_of(cell: Any, document: Any) -> str:
    """Give the address that a cell links to; ``#Sheet1!A1`` for a place in the workbook.

    Raises
    ------
    Exception
        As xlwings' own engines do, where the cell has no hyperlink.
    """
    fields = cell.getTextFields()
    if not fields.hasElements():
        raise Exception("The cell doesn't seem to contain a hyperlink!")
    url = str(fields.getByIndex(0).URL).removeprefix(document.URL)
    return "#" + to_excel(url[1:]) if url.startswith("#") else url


def link(cell: Any, document: Any, address: str, text: str) -> None:
    """Turn a cell into a link that shows a text."""
    field = document.createInstance(_URL_FIELD)
    field.URL = _url(address)
    field.Representation = text
    cell.String = ""
    cell.Text.insertTextContent(cell.createTextCursor(), field, False)


def _url(address: str) -> str:
    """Write the address as LibreOffice does; what looks like a website gets a scheme."""
    if address.startswith("#"):
        return "#" + re.sub(r"^\$(?:'([^\W\d]\w*)'(?=\.))?", r"\1", to_calc(address[1:]))
    return f"http://{address}" if re.match(r"www\.", address) else address
