"""What the buttons start in LibreOffice: one action, on the workbook that they were pressed in.

A macro has LibreOffice listen at a pipe, starts this with the pipe's name, and waits for an
answer in a file: ``ready``, or a sentence why nothing can be done. From then on everything
is told in LibreOffice itself.
"""

from __future__ import annotations

import re
import sys
import urllib.parse
from pathlib import Path

from scorecard_xl.exceptions import ScorecardError
from scorecard_xl.import_guard import refuse_foreign_modules

READY = "ready"


def main(arguments: list[str]) -> None:
    """Do what a button stands for on an open workbook.

    Parameters
    ----------
    arguments
        The action, one of `addin.ACTIONS`; the name of the pipe; the workbook's identifier in
        that LibreOffice; and the address of the file to answer in.
    """
    action, pipe, document, answer = arguments
    file = _path_of(answer)
    try:
        refuse_foreign_modules()
        from scorecard_xl.engines.xlwings_alone import load_xlwings_alone

        load_xlwings_alone()
        from scorecard_xl.engines.in_libreoffice import book_open_at

        book = book_open_at(pipe, document)
    except ScorecardError as error:
        file.write_text(f"{error}\n", encoding="utf-8")
        sys.exit(1)
    file.write_text(f"{READY}\n", encoding="utf-8")
    from scorecard_xl.addin import press_on

    press_on(book, action)


def _path_of(address: str) -> Path:
    """The file at an address; what does this in Python's own library loads its network parts."""
    path = urllib.parse.unquote(urllib.parse.urlsplit(address).path)
    return Path(path[1:] if re.match("/[A-Za-z]:", path) else path)


if __name__ == "__main__":
    main(sys.argv[1:])
