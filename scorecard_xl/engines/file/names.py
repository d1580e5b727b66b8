"""The workbook part: sheets, defined names, print areas, and how Excel calculates."""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING

from lxml import etree

from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.xml import RELATIONSHIP_ID, Q
from scorecard_xl.workbook.engine import Area

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFERENCE = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!\s\[\]]+))!(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
)
_PRINT_AREA = "_xlnm.Print_Area"
# What may follow <definedNames> in a workbook part.
_AFTER_NAMES = (
    "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes",
    "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip


def area_of(reference: str) -> Area | None:
    """Read ``'Counts'!$B$3``; None for anything but one range of cells."""
    match = _REFERENCE.fullmatch(reference.strip().lstrip("="))
    if not match:
        return None
    sheet = match[1].replace("''", "'") if match[1] else match[2]
    try:
        return Area.of(sheet, match[3])
    except ValueError:
        return None


class WorkbookPart:
    """The workbook part, parsed; a copy is made for every change."""

    def __init__(self, data: bytes, part: str) -> None:
        self.part = part
        self.root = xml.parse(data, part)

    def copy(self) -> WorkbookPart:
        """A workbook part of its own, equal to this one."""
        return WorkbookPart(self.to_bytes(), self.part)

    def to_bytes(self) -> bytes:
        """The part as it now is."""
        return xml.serialised(self.root)

    def sheet_ids(self) -> dict[str, str]:
        """The relationship id of every sheet, in order."""
        sheets = self.root.iterfind(f"{Q}sheets/{Q}sheet")
        return {sheet.get("name", ""): sheet.get(RELATIONSHIP_ID, "") for sheet in sheets}

    @functools.cached_property
    def from_1904(self) -> bool:
        """Whether dates count from 1904, as workbooks of old Macs do."""
        properties = self.root.find(f"{Q}workbookPr")
        return properties is not None and properties.get("date1904", "0") in ("1", "true")

    def names(self) -> dict[str, Area | None]:
        """The workbook-level names: the range of cells of each, None where it is something else."""
        return {
            name.get("name", ""): area_of(name.text or "")
            for name in self.root.iterfind(f"{Q}definedNames/{Q}definedName")
            if name.get("localSheetId") is None
        }

    def all_names(self) -> list[tuple[str, str]]:
        """Every name, of the workbook or of a sheet, and what it stands for."""
        found = self.root.iterfind(f"{Q}definedNames/{Q}definedName")
        return [(name.get("name", ""), name.text or "") for name in found]

    def set_names(self, names: Mapping[str, Area | str]) -> None:
        """Define workbook-level names: a place, or a formula with its ``=``."""
        for name, meaning in names.items():
            if isinstance(meaning, str):
                self._set(name, meaning[1:], None)
            elif area_of(self.formula_of(name) or "") != meaning:
                self._set(name, meaning.absolute, None)

    def formula_of(self, name: str) -> str | None:
        """What a workbook-level name stands for, without its ``=``; None if there is none."""
        element = self._elements.get((name.casefold(), None))
        return None if element is None else element.text or ""

    def set_hidden(self, name: str, text: str) -> None:
        """Define a workbook-level name that Excel lists nowhere."""
        self._set(name, text, None)
        self._elements[name.casefold(), None].set("hidden", "1")

    def names_of(self, sheet: str) -> dict[str, str]:
        """The names that belong to a sheet, such as its print area, and what they stand for."""
        local = str(list(self.sheet_ids()).index(sheet))
        return {
            element.get("name", ""): element.text or ""
            for (_, owner), element in self._elements.items()
            if owner == local
        }

    def set_names_of(self, sheet: str, names: Mapping[str, str]) -> None:
        """Define names that belong to a sheet."""
        local = str(list(self.sheet_ids()).index(sheet))
        for name, text in names.items():
            self._set(name, text, local)

    def add_sheet(self, name: str, relationship: str, *, is_hidden: bool) -> None:
        """Name a sheet behind the others."""
        sheets = self.root.find(f"{Q}sheets")
        assert sheets is not None
        number = max(xml.whole_number(sheet, "sheetId") for sheet in sheets) + 1
        sheet = etree.SubElement(sheets, f"{Q}sheet", name=name, sheetId=str(number))
        if is_hidden:
            sheet.set("state", "hidden")
        sheet.set(RELATIONSHIP_ID, relationship)

    def is_hidden(self, name: str) -> bool:
        """Whether a sheet's tab is not shown."""
        sheets = self.root.iterfind(f"{Q}sheets/{Q}sheet")
        return any(each.get("name") == name and "state" in each.attrib for each in sheets)

    def set_print_area(self, area: Area, *, old_bottom: int) -> None:
        """Say what of a sheet is printed; an area that did not end at `old_bottom` stays."""
        local = str(list(self.sheet_ids()).index(area.sheet))
        element = self._elements.get((_PRINT_AREA.casefold(), local))
        if element is not None:
            old = area_of(element.text or "")
            if old is None or old.sheet != area.sheet or old.bottom != old_bottom:
                return
            # How wide it is printed is the analyst's choice, how far down the scorecard's.
            area = dataclasses.replace(old, bottom=area.bottom)
            if area == old:
                return
        self._set(_PRINT_AREA, area.absolute, local)

    @functools.cached_property
    def _elements(self) -> dict[tuple[str, str | None], etree._Element]:
        """The element of each name, without case, and the sheet that it belongs to."""
        found: dict[tuple[str, str | None], etree._Element] = {}
        for element in self.root.iterfind(f"{Q}definedNames/{Q}definedName"):
            key = (element.get("name", "").casefold(), element.get("localSheetId"))
            found.setdefault(key, element)
        return found

    def _set(self, name: str, text: str, local: str | None) -> None:
        element = self._elements.get((name.casefold(), local))
        if element is None:
            element = etree.SubElement(self._defined_names(), f"{Q}definedName", name=name)
            if local is not None:
                element.set("localSheetId", local)
            self._elements[name.casefold(), local] = element
        element.text = text

    def _defined_names(self) -> etree._Element:
        parent = self.root.find(f"{Q}definedNames")
        if parent is None:
            parent = etree.Element(f"{Q}definedNames")
            self._before(parent, _AFTER_NAMES)
        return parent

    def _before(self, element: etree._Element, later: tuple[str, ...]) -> None:
        tags = {Q + each for each in later}
        place = next((i for i, child in enumerate(self.root) if child.tag in tags), len(self.root))
        self.root.insert(place, element)

    def calculate_on_load(self) -> None:
        """Have Excel calculate everything when it opens the workbook."""
        settings = self.root.find(f"{Q}calcPr")
        if settings is None:
            settings = etree.Element(f"{Q}calcPr")
            self._before(settings, _AFTER_NAMES[1:])
        settings.set("fullCalcOnLoad", "1")
