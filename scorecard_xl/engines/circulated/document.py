"""What a workbook to be sent consists of: sheets of values and looks, and its properties."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.workbook.engine import Area

CellValue: TypeAlias = str | int | float | dt.date | None


class Edge(NamedTuple):
    """A line along a cell: ``"thin"`` or ``"medium"``, and its colour."""

    style: str
    colour: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Look:
    """How a cell looks; colours are ``RRGGBB``."""

    points: float = 10
    is_bold: bool = False
    is_italic: bool = False
    ink: str = "1A1A1A"
    fill: str | None = None
    number_format: str = "General"
    horizontal: str | None = None
    vertical: str = "center"
    indent: int = 0
    wraps: bool = False
    shrinks: bool = False
    bottom: Edge | None = None
    left: Edge | None = None


class Cell(NamedTuple):
    """What a cell holds, and how it looks; text is text, whatever it starts with."""

    value: CellValue
    look: Look


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """A row: its cells by column, counted from 1, and its height in points."""

    cells: Mapping[int, Cell]
    height: float | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class PageTable:
    """A marked-up table: its name, and its cells with the one heading row."""

    name: str
    area: Area
    headings: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class PageSetUp:
    """How a sheet prints, on A4 across; `scale` in per cent, `breaks` the rows that start pages."""

    scale: int = 100
    repeated_rows: tuple[int, int] | None = None
    breaks: tuple[int, ...] = ()
    footer: tuple[str, str, str] = ("", "", "")
    header: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Page:
    """A sheet: its rows from 1 on, its columns' widths in characters, and what is on it."""

    name: str
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    set_up: PageSetUp
    frozen_rows: int = 0
    tables: tuple[PageTable, ...] = ()
    merges: tuple[Area, ...] = ()
    tab_colour: str = "1F3A5F"

    def value(self, row: int, column: int) -> CellValue:
        """What a cell holds, both numbers counted from 1."""
        cell = self.rows[row - 1].cells.get(column)
        return None if cell is None else cell.value


@dataclasses.dataclass(frozen=True, kw_only=True)
class Properties:
    """What is said of the workbook as a whole; `custom` are texts by name."""

    title: str
    subject: str
    author: str
    language: str
    status: str
    version: str
    made_at: dt.datetime
    custom: Mapping[str, str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Document:
    """A workbook to be sent: its sheets in order, its names, its properties."""

    pages: tuple[Page, ...]
    names: Mapping[str, Area]
    properties: Properties
