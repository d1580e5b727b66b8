"""A LibreOffice for the tests of its engine; absent, they are skipped, or fail where CI=true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard_xl.engines.libreoffice import libreoffice_app
from tests.judges.absence import need_libreoffice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import xlwings as xw
    from openpyxl import Workbook


@pytest.fixture(scope="session")
def installed() -> None:
    """Skip where LibreOffice or its bridge is absent."""
    need_libreoffice()


@pytest.fixture(scope="session")
def app(installed: None) -> Iterator[xw.App]:
    with libreoffice_app() as running:
        yield running


@pytest.fixture
def book(app: xw.App) -> Iterator[xw.Book]:
    new = app.books.add()
    yield new
    if new in list(app.books):
        new.close()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets[0]


@pytest.fixture
def saved(book: xw.Book, tmp_path: Path) -> Callable[[], Workbook]:
    """Save the book and read the file back as another program does."""
    import openpyxl

    def save() -> Workbook:
        book.save(str(tmp_path / "saved.xlsx"))
        return openpyxl.load_workbook(tmp_path / "saved.xlsx")

    return save
