"""LibreOffice as an engine of xlwings: the same script, live, without Excel.

xlwings drives Excel. With this engine its own objects, ``xw.App``, ``xw.Book``, ``xw.Range``
and the rest, drive LibreOffice Calc, on a computer that has no Excel:

    from scorecard_xl.engines.libreoffice import libreoffice_app

    with libreoffice_app() as app:
        book = app.books.open("counts.xlsx")
        sheet = book.sheets["Counts"]
        sheet["D14"].value = 818
        print(sheet["D15"].value)           # calculated by LibreOffice
        sheet["A1"].expand().columns.autofit()
        book.save("counts_new.xlsx")
        book.to_pdf("counts.pdf")

`libreoffice_app` starts a LibreOffice of its own, without a window and with a profile of its
own, so that no settings of the user's play a part and nothing of it stays behind. `attach`
works in one that runs already and listens, for example one started with
``soffice --accept="pipe,name=scorecards;urp"``. `engine` gives what xlwings calls the engine:

    import xlwings as xw
    from scorecard_xl.engines.libreoffice import engine

    engine(register=True).activate()
    book = xw.Book("counts.xlsx")

LibreOffice and its Python bridge have to be installed: on Debian ``apt install
libreoffice-calc python3-uno``, and a Python of the same version as the system's. What goes wrong
is raised as `scorecard_xl.EngineError`, in a sentence.

Where Excel and this engine differ: texts such as ``"123"`` stay texts when written; of a range's
conditional formats the first that holds is shown alone; table styles are not kept; charts,
pictures, shapes, borders, data validation and colour scales are left alone.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

__all__ = ["attach", "engine", "libreoffice_app"]


def engine(*, register: bool = False) -> xw.Engine:
    """Give the engine, which starts no LibreOffice yet.

    Parameters
    ----------
    register
        Whether ``xw.engines`` lists it from now on, under the name ``"libreoffice"``.
    """
    import xlwings as xw

    from scorecard_xl.engines.libreoffice.apps import ENGINE

    if register and ENGINE.name not in [known.name for known in xw.engines]:
        xw.engines.add(ENGINE)
    return ENGINE


@contextlib.contextmanager
def libreoffice_app(*, visible: bool = False) -> Iterator[xw.App]:
    """Start a LibreOffice for a ``with`` block; at its end, what is unsaved is gone with it.

    Parameters
    ----------
    visible
        Whether it shows its windows; that needs a screen.

    Raises
    ------
    EngineError
        If LibreOffice or its Python bridge is missing, with what to install.
    """
    app = engine().apps.add(add_book=False, visible=visible)
    try:
        yield app
    finally:
        app.quit()


def attach(where: str) -> xw.App:
    """Work in a LibreOffice that runs already; ``app.quit()`` lets go of it and leaves it running.

    Parameters
    ----------
    where
        Name of the pipe it listens at, or as in its ``--accept``: ``"pipe,name=..."`` or
        ``"socket,host=...,port=..."``.

    Raises
    ------
    EngineError
        If none listens there.
    """
    import xlwings as xw

    from scorecard_xl.engines.libreoffice.apps import ENGINE
    from scorecard_xl.engines.libreoffice.office import attached

    return xw.App(impl=ENGINE.impl.apps.join(attached(where), visible=True))
