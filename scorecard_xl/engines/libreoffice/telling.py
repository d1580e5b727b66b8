"""What is told in LibreOffice's own windows: message boxes and the status bar."""

from __future__ import annotations

from typing import Any

from scorecard_xl.engines.libreoffice.installation import uno_module

_BOXES = {"info": "INFOBOX", "critical": "ERRORBOX"}
# What xlwings calls a box's buttons, and LibreOffice's numbers for them.
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


def ask(window: Any, prompt: str, *, title: str, buttons: str, mode: str) -> str:
    """Open a message box over a window, wait until it is answered, and give the answer."""
    # Boxes that only inform are closed by their one button.
    name = "QUERYBOX" if buttons != "ok" and mode == "info" else _BOXES[mode]
    kind = uno_module().Enum("com.sun.star.awt.MessageBoxType", name)
    box = window.Toolkit.createMessageBox(window, kind, _BUTTONS[buttons], title, prompt)
    try:
        return _ANSWERS[box.execute()]
    finally:
        box.dispose()


def show_status(frame: Any, text: str | None) -> None:
    """Show a text in the status bar of a window, until something else is shown there."""
    indicator = frame.createStatusIndicator()
    if text:
        indicator.start(text, 0)
    else:
        indicator.end()
