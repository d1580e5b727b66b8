"""What the analyst is told where the workbook is open: in a message box, or in the status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.engines.xlwings_book import probes
from scorecard_xl.engines.xlwings_book.busy import patient

if TYPE_CHECKING:
    import xlwings


@patient
def tell(app: xlwings.App, sentence: str, *, title: str, is_loud: bool) -> None:
    """Show a sentence in a message box with that title, or in the status bar where it is not loud.

    Where the status bar does not keep it, a box opens all the same, for a click
    that says nothing looks like one that failed. Excel on the web has no status
    bar: there only what is loud is shown. A box takes away what the status bar
    says of the click before.
    """
    has_status_bar = app.engine.type != "remote"
    if has_status_bar and probes.wipes_status_bar(app):
        app.alert(sentence, title=title, mode="info")
    elif is_loud:
        if has_status_bar:
            app.status_bar = False
        app.alert(sentence, title=title, mode="info")
    elif has_status_bar:
        app.status_bar = sentence
