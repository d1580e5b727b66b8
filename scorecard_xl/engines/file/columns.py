"""The columns of a sheet: how wide they are, and what their empty cells look like."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree

from scorecard_xl.engines.file.shell import insert
from scorecard_xl.engines.file.xml import Q, whole_number

if TYPE_CHECKING:
    from scorecard_xl.engines.file.edits import ColumnLook

# Programs round widths to whole dots in their own ways.
_NEAR = 0.3


def column_look(root: etree._Element, column: int) -> tuple[float | None, str]:
    """A column's width, None where it has none of its own, and its style."""
    group = _group_of(root, column)
    if group is None:
        return None, "0"
    width = group.get("width")
    return float(width) if width else None, group.get("style", "0")


def set_column(root: etree._Element, column: int, look: ColumnLook) -> None:
    """Give a column a width and a style where it has none of its own."""
    group = _group_of(root, column)
    if group is None:
        group = etree.Element(f"{Q}col")
        _place(root, group, column)
    else:
        group = _split_off(group, column)
    width = group.get("width")
    if width is None or _is_near(float(width), look.instead_of):
        group.set("width", f"{look.width:.10g}")
        group.set("customWidth", "1")
    if group.get("style", "0") == "0" and look.style != "0":
        group.set("style", look.style)


def _is_near(width: float, other: float | None) -> bool:
    return other is not None and abs(width - other) < _NEAR


def _group_of(root: etree._Element, column: int) -> etree._Element | None:
    groups = root.iterfind(f"{Q}cols/{Q}col")
    found = (
        each for each in groups if whole_number(each, "min") <= column <= whole_number(each, "max")
    )
    return next(found, None)


def _place(root: etree._Element, group: etree._Element, column: int) -> None:
    """Put a column's own group in its place among the others."""
    group.set("min", str(column))
    group.set("max", str(column))
    parent = root.find(f"{Q}cols")
    if parent is None:
        parent = etree.Element(f"{Q}cols")
        insert(root, parent)
    place = sum(whole_number(each, "max") < column for each in parent)
    parent.insert(place, group)


def _split_off(group: etree._Element, column: int) -> etree._Element:
    """The column in a group of its own; what lies left and right of it stays as it is."""
    first, last = whole_number(group, "min"), whole_number(group, "max")
    for start, end, place in ((first, column - 1, "before"), (column + 1, last, "after")):
        if start <= end:
            rest = copy.deepcopy(group)
            rest.set("min", str(start))
            rest.set("max", str(end))
            (group.addprevious if place == "before" else group.addnext)(rest)
    group.set("min", str(column))
    group.set("max", str(column))
    return group
