"""Conditional formats: rules on values and formulas, shown live and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from scorecard_xl.engines.libreoffice.addresses import Area
from scorecard_xl.engines.libreoffice.conditional_rules import (
    CONDITION,
    CUSTOM,
    OPERATORS,
    Rule,
    Rules,
)
from scorecard_xl.engines.libreoffice.conditional_styles import STYLE_NAMES, Style, style_for
from scorecard_xl.engines.libreoffice.failures import with_sentences
from scorecard_xl.engines.libreoffice.formula_text import to_calc, to_excel
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard_xl.engines.libreoffice.boxes import Box
    from scorecard_xl.engines.libreoffice.conditional_rules import Entry, Listed

_KINDS = {1: "color_scale", 2: "data_bar", 3: "icon_set"}


@with_sentences
class ConditionalFormat(base_classes.ConditionalFormat):
    """One rule of a range."""

    def __init__(self, owner: ConditionalFormats, boxes: Sequence[Box], entry: Entry) -> None:
        self._owner = owner
        # To remove a rule LibreOffice is given its neighbours anew: what was read stays true.
        self._boxes = boxes
        self._entry = entry.native
        self._kind = entry.kind
        self._rule = entry.rule
        self._style_name = entry.style

    @property
    def api(self) -> Any:
        return self._entry

    @property
    def address(self) -> str:
        """The cells that it is for, as Excel tells them: ``$D$7:$D$52``."""
        areas = (
            Area(box.top + 1, box.left + 1, box.bottom - box.top + 1, box.right - box.left + 1)
            for box in self._boxes
        )
        return ",".join(area.address() for area in areas)

    @property
    def type(self) -> str:
        if self._rule is None:
            return _KINDS.get(self._kind, "unknown")
        if self._rule.operator == CUSTOM[0]:
            return "custom"
        return "unknown" if self.operator is None else "cell_value"

    @property
    def stop_if_true(self) -> bool | None:
        """True: of the rules of a range, LibreOffice shows the first alone that holds."""
        return True if self._kind == CONDITION else None

    @property
    def operator(self) -> str | None:
        if self._rule is None:
            return None
        asked = self._rule.operator
        return next((name for name, (known, _) in OPERATORS.items() if known == asked), None)

    @property
    def formula1(self) -> str | None:
        return _formula(self._rule.formula1) if self._rule and self.operator else None

    @property
    def formula2(self) -> str | None:
        if self._rule is None or self.operator not in ("between", "not_between"):
            return None
        return _formula(self._rule.formula2)

    @property
    def formula(self) -> str | None:
        return _formula(self._rule.formula1) if self._rule and self.type == "custom" else None

    @property
    def _style(self) -> Style | None:
        name = self._style_name
        return None if name is None else Style(self._owner.document, name)

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        return self._style.fill_color if self._style else None

    @property
    def font_color(self) -> tuple[int, int, int] | None:
        return self._style.font_color if self._style else None

    @property
    def font_bold(self) -> bool | None:
        return self._style.font_bold if self._style else None

    @property
    def font_italic(self) -> bool | None:
        return self._style.font_italic if self._style else None

    @property
    def draws_more(self) -> bool:
        """Whether its look says more than its ground and its letters' colour, bold and italic."""
        return self._style is not None and self._style.draws_more

    def set(self, changes: dict[str, Any]) -> None:
        raise NotImplementedError(
            "The libreoffice engine changes no rules; delete the rule and add another."
        )

    def delete(self) -> None:
        rules = self._owner.changing_rules()
        if self._rule is not None:
            is_found = rules.remove(rules.asked_by(self._rule), self._boxes)
        else:
            alone = [listed for listed in rules.listed() if self._is_alone_in(listed)]
            rules.remove_all(alone)
            is_found = bool(alone)
        if not is_found:
            raise EngineError("The rule is no longer there; list the rules of the range anew.")

    def _is_alone_in(self, listed: Listed) -> bool:
        kinds = [entry.kind for entry in listed.entries]
        return listed.boxes == self._boxes and kinds == [self._kind]


def _formula(text: str) -> str:
    return "=" + to_excel(text)


@with_sentences
class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules that apply to a range, the newest first."""

    def __init__(self, cells: Any) -> None:
        self._range = cells
        self._counted: list[ConditionalFormat] | None = None
        self.document = cells.sheet.book.document
        cut = cells.sheet.book.cut_sheets
        self._rules = Rules(self.document, cells.sheet.api, cells.cells, cut)

    @property
    def api(self) -> Any:
        return self._range.sheet.api.ConditionalFormats

    @property
    def parent(self) -> Any:
        return self._range

    def _all(self) -> list[ConditionalFormat]:
        return [
            ConditionalFormat(self, listed.boxes, entry)
            for listed in self._rules.listed()
            for entry in listed.entries
        ]

    def changing_rules(self) -> Rules:
        """The rules as LibreOffice has them, to be changed: what was counted is out of date."""
        self._counted = None
        return self._rules

    def __len__(self) -> int:
        # Who makes a list of them asks for their number first.
        self._counted = self._all()
        return len(self._counted)

    def __iter__(self) -> Iterator[ConditionalFormat]:
        counted, self._counted = self._counted, None
        return iter(self._all() if counted is None else counted)

    def __call__(self, key: int) -> ConditionalFormat:
        return list(self)[key - 1]

    def clear(self) -> None:
        """Remove the rules from the range's cells; on others they stay."""
        self.changing_rules().clear()

    def add_cell_value(self, spec: dict[str, Any]) -> ConditionalFormat:
        formulas = (spec["formula1"], spec.get("formula2"))
        return self._add(OPERATORS[spec["operator"]][0], formulas, spec)

    def add_custom(self, spec: dict[str, Any]) -> ConditionalFormat:
        return self._add(CUSTOM[0], (spec["formula"], None), spec)

    def add_color_scale(self, spec: dict[str, Any]) -> ConditionalFormat:
        raise NotImplementedError("The libreoffice engine adds no colour scales; use a rule.")

    def add_data_bar(self, spec: dict[str, Any]) -> ConditionalFormat:
        raise NotImplementedError("The libreoffice engine adds no data bars; use a rule.")

    def add_icon_set(self, spec: dict[str, Any]) -> ConditionalFormat:
        raise NotImplementedError("The libreoffice engine adds no icon sets; use a rule.")

    def _add(
        self, operator: str, formulas: tuple[Any, Any], spec: dict[str, Any]
    ) -> ConditionalFormat:
        """Put a rule before those that the cells have."""
        here = self._range.cells.RangeAddress
        look = {name: spec[name] for name in STYLE_NAMES if spec.get(name) is not None}
        new = Rule(
            operator=operator,
            formula1=_operand(formulas[0]),
            formula2=_operand(formulas[1]),
            style=style_for(self.document, look),
            origin=(here.Sheet, here.StartColumn, here.StartRow),
        )
        self.changing_rules().add(new)
        return self._all()[0]


def _operand(value: Any) -> str:
    """Write a rule's number, text or formula as LibreOffice's; a bare text is text, as in Excel."""
    if value is None:
        return ""
    text = str(value)
    if text.startswith("="):
        return to_calc(text[1:])
    try:
        float(text)
    except ValueError:
        return '"' + text.replace('"', '""') + '"'
    return text
