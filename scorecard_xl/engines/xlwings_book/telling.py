"""What the analyst is told where the workbook is open: in a message box, or in the status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.engines.xlwings_book.busy import patient

if TYPE_CHECKING:
    import xlwings


@patient
def tell(app: xlwings.App, sentence: str, *, title: str | None = None) -> None:
    """Show a sentence in a message box with that title, else in the status bar, if there is one."""
    if title is not None:
        app.alert(sentence, title=title, mode="info")
    elif app.engine.type != "remote":
        app.status_bar = sentence
