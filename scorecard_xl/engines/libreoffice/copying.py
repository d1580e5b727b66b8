"""Copying cells: whole, or what they hold, or how they look."""

from __future__ import annotations

from typing import Any

from scorecard_xl.engines.libreoffice.cell_groups import format_groups, formula_blocks

_VALUES = ("values", "values_and_number_formats")
_FORMULAS = ("formulas", "formulas_and_number_formats")
KINDS = ("all", "formats", *_VALUES, *_FORMULAS)


def copy(source: Any, destination: Any) -> None:
    """Copy cells with everything on them; `destination` counts with its first cell.

    Both are ranges of this engine. A larger destination that holds the source a whole number of
    times is filled with copies, as Excel does.
    """
    for row, column in _places(source, destination):
        target = destination.sheet.range((row, column))
        if source.sheet.book.document == destination.sheet.book.document:
            address = target.cells.getCellByPosition(0, 0).CellAddress
            destination.sheet.api.copyRange(address, source.cells.RangeAddress)
        else:
            _carry_over(source, target)


def _places(source: Any, destination: Any) -> list[tuple[int, int]]:
    """Where the copies begin."""
    down, down_rest = divmod(destination.shape[0], source.shape[0])
    right, right_rest = divmod(destination.shape[1], source.shape[1])
    if down_rest or right_rest:
        down = right = 1
    return [
        (destination.row + i * source.shape[0], destination.column + j * source.shape[1])
        for i in range(down)
        for j in range(right)
    ]


def _carry_over(source: Any, target: Any) -> None:
    """Copy cells into another workbook."""
    there = target.sheet.book.document.CurrentController
    here = source.sheet.book.document.CurrentController
    here.select(source.cells)
    there.setActiveSheet(target.sheet.api)
    there.select(target.cells)
    there.insertTransferable(here.getTransferable())


def paste(source: Any, destination: Any, *, kind: str, transpose: bool = False) -> None:
    """Copy one kind of what cells have: ``"all"``, ``"formats"``, ``"values"`` and so on.

    Raises
    ------
    NotImplementedError
        For what Excel can paste and this engine cannot.
    """
    if kind not in KINDS or (transpose and kind != "values"):
        way = f"transposed {kind!r}" if transpose else repr(kind)
        choices = ", ".join(KINDS)
        raise NotImplementedError(
            f"The libreoffice engine cannot paste {way}; it pastes {choices}, and transposes "
            "values."
        )
    if kind == "all":
        copy(source, destination)
    elif kind == "formats":
        _paste_formats(source, destination)
    else:
        _paste_contents(source, destination, kind=kind, transpose=transpose)


def _target(source: Any, destination: Any, *, transpose: bool = False) -> Any:
    """Range that the copy fills."""
    rows, columns = source.shape[::-1] if transpose else source.shape
    last = (destination.row + rows - 1, destination.column + columns - 1)
    return destination.sheet.range((destination.row, destination.column), last)


def _paste_formats(source: Any, destination: Any) -> None:
    """Copy everything, then put what the cells held back."""
    for row, column in _places(source, destination):
        target = _target(source, destination.sheet.range((row, column)))
        held = _contents(target.cells)
        copy(source, target)
        target.cells.setFormulaArray(held)


def _paste_contents(source: Any, destination: Any, *, kind: str, transpose: bool) -> None:
    target = _target(source, destination, transpose=transpose)
    if kind in _VALUES:
        rows = source.cells.getDataArray()
        target.cells.setDataArray(tuple(zip(*rows, strict=True)) if transpose else rows)
    else:
        _copy_formulas(source, target)
    if kind.endswith("number_formats"):
        for key, blocks in list(format_groups(source.cells)):
            code = source.sheet.book.number_formats.code_of(key)
            for block in blocks:
                cells = block.within(target.cells)
                cells.NumberFormat = target.sheet.book.number_formats.key_of(code)


def _copy_formulas(source: Any, target: Any) -> None:
    """Copy what cells hold; formulas move their relative references along."""
    target.cells.setFormulaArray(_contents(source.cells))
    for block in formula_blocks(source.cells):
        for i in block.rows:
            for j in block.columns:
                tokens = source.cells.getCellByPosition(j, i).getTokens()
                target.cells.getCellByPosition(j, i).setTokens(tokens)


def _contents(cells: Any) -> tuple[tuple[str, ...], ...]:
    """What cells hold, as text that puts it back; text that looks like a formula stays text."""
    rows = [list(row) for row in cells.getFormulaArray()]
    formulas = {
        (i, j) for block in formula_blocks(cells) for i in block.rows for j in block.columns
    }
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if text.startswith("=") and (i, j) not in formulas:
                row[j] = f"'{text}"
    return tuple(tuple(row) for row in rows)
