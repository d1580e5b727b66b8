"""The formulas of an indicator's row: one a cell, over the tables, by the rules of the core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.rules import Compare, Measure, Polarity, Settings, State
from scorecard_xl.rules.counts import STATES_AS_TYPED
from scorecard_xl.workbook.engine import column_letters
from scorecard_xl.workbook.references import Lookup
from scorecard_xl.workbook.setting_names import PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard_xl.workbook.definitions import Definition, RowCells, Tables
    from scorecard_xl.workbook.template import Template

# A sign before each, so that a blank, too, is something to look up.
_TYPED = {"=": State.NOT_ENTERED} | {f"={typed}": state for typed, state in STATES_AS_TYPED.items()}
# The names of what may be typed instead of a count, and of what it means in words; and of the
# space that text copied from a web page brings, which TRIM leaves alone.
STATE_NAMES = {
    "state_no_break_space": '="\u00a0"',
    "state_typed": "={" + ",".join(f'"{typed}"' for typed in _TYPED) + "}",
    "state_words": "={" + ",".join(f'"{state.words}"' for state in _TYPED.values()) + "}",
}
_DECIMALS = {Measure.COUNT: 0, Measure.PERCENTAGE: 3}


class RowFormulas:
    """Writes the formulas of one row; a column that is not there is worked out within others."""

    def __init__(
        self,
        definition: Definition,
        cells: RowCells,
        *,
        template: Template,
        tables: Tables,
        settings: Settings,
    ) -> None:
        self._definition = definition
        self._cells = cells
        self._template = template
        self._tables = tables
        self._settings = settings

    def all(self) -> dict[str, str]:
        """The formulas by what their column shows; a column without one stays blank."""
        definition = self._definition
        formulas = {
            "result": self._result(),
            "target": self._target(),
            "previous": self._reference("previous"),
            "outturn": self._reference("outturn"),
            "state": self._state(),
        }
        if definition.measure.has_denominator:
            formulas["numerator"] = self._numerator().number()
            formulas["denominator"] = self._denominator().number()
        if definition.polarity is not None:
            formulas["rag"] = self._rag()
            formulas["dot_previous"] = self._arrow("previous")
            formulas["dot_outturn"] = self._arrow("outturn")
        if "commentary" in self._template.columns:
            formulas |= self._commentary()
        return {role: f"={formula}" for role, formula in formulas.items()}

    def _operand(self, role: str) -> str:
        """A cell of the row, or what it would hold."""
        if role in self._template.columns:
            return f"${column_letters(self._template.columns[role])}{self._cells.row}"
        makers: dict[str, Callable[[], str]] = {
            "numerator": lambda: self._numerator().number(),
            "denominator": lambda: self._denominator().number(),
            "state": self._state,
            "result": self._result,
            "target": self._target,
            "previous": lambda: self._reference("previous"),
            "outturn": lambda: self._reference("outturn"),
        }
        return makers[role]()

    def _numerator(self) -> Lookup:
        """The numerator's cell, looked up by its code."""
        cells = self._cells
        return self._tables.counts.lookup("value", "code", cells.numerator, row=cells.numerator_row)

    def _denominator(self) -> Lookup:
        """The denominator's cell, looked up by its code."""
        cells = self._cells
        return self._tables.counts.lookup(
            "value", "code", cells.denominator, row=cells.denominator_row
        )

    def _own(self, column: str) -> Lookup:
        """A cell of the indicator's own row on Indicators."""
        cells = self._cells
        return self._tables.indicators.lookup(column, "indicator", cells.own, row=cells.own_row)

    def _target(self) -> str:
        return self._own("target").number()

    def _state(self) -> str:
        """Why there is no result, in words; nothing where there is one."""
        definition = self._definition
        numerator = self._numerator()
        if not definition.measure.has_denominator:
            return f'IF(ISNUMBER({numerator}),"",{_words(str(numerator))})'
        n, d = self._operand("numerator"), self._operand("denominator")
        zero = f'IF({n}=0,"{State.NONE_DUE.words}","{State.ZERO_DENOMINATOR.words}")'
        missing = f"IF(ISNUMBER({n}),{self._denominator()},{numerator})"
        return f'IF(COUNT({n},{d})=2,IF({d}<>0,"",{zero}),{_words(missing)})'

    def _result(self) -> str:
        definition = self._definition
        state = self._operand("state")
        if not definition.measure.has_denominator:
            return f'IF({state}="",{self._numerator()},{state})'
        n, d = self._operand("numerator"), self._operand("denominator")
        # Multiplied before divided, so that a result equal to its target compares equal.
        times = f"*{PREFIX}rate_base" if definition.measure is Measure.RATE else ""
        return f'IF({state}="",{n}{times}/{d},{state})'

    def _reference(self, name: str) -> str:
        """The published result to compare with, or that a new year has begun."""
        definition, cells = self._definition, self._cells
        if name == "outturn":
            column = "restated" if definition.outturn_is_restated else "result"
            date = f"{PREFIX}outturn_as_at"
            return self._published(column, date, cells.outturn, cells.outturn_row).number()
        column = "restated" if definition.previous_is_restated else "result"
        looks_back = definition.is_year_to_date
        date = f"{PREFIX}previous_ytd_as_at" if looks_back else f"{PREFIX}previous_as_at"
        found = self._published(column, date, cells.previous, cells.previous_row)
        if not looks_back:
            return found.number()
        began = f"AND({PREFIX}is_new_year,ISNUMBER({self._operand('result')}))"
        return found.number(f'IF({began},"{State.NEW_YEAR.words}","")')

    def _published(self, column: str, date: str, code: str, row: str) -> Lookup:
        """A cell of History, by date and code."""
        history = self._tables.history
        if self._tables.has_keys:
            match = f'MATCH({date}&"|"&{code},{history.column("key")},0)'
            found = f"INDEX({history.column(column)},{match})"
        else:
            # A code has one row a date, so that the average is its number; there is none for text.
            where = f"{history.column('as_at')},{date},{history.column('indicator')},{code}"
            found = f"AVERAGEIFS({history.column(column)},{where})"
        if not row:
            return Lookup(found)
        still = f"AND({history.cell('indicator', row)}={code},{history.cell('as_at', row)}={date})"
        return Lookup(found, still, history.cell(column, row))

    def _commentary(self) -> dict[str, str]:
        """What Commentary says of the indicator at the date; the last of two comments.

        Excel before 2021 takes a LOOKUP's conditions for arrays without being told. In large
        workbooks thousands of these would be slow, and the comment stands there as text.
        """
        said = self._tables.commentary
        if said is None or self._tables.are_large:
            return {}
        comment, action, owner = (
            said.column(name) if name in said else '""' for name in ("comment", "action", "owner")
        )
        where = (
            f"({said.column('as_at')}={PREFIX}as_at)"
            f'*(TRIM({said.column("indicator")})={self._cells.code})*({comment}&{action}<>"")'
        )
        text = (
            f'{comment}&REPT(" Action: "&{action},{action}<>"")&REPT(" ("&{owner}&")",{owner}<>"")'
        )
        return {"commentary": f'IFERROR(LOOKUP(2,1/({where}),{text}),"")'}

    def _compared(self, operand: str) -> str:
        """An operand as it is compared: unrounded, or as shown."""
        if self._settings.compare is Compare.AS_SHOWN:
            return f"ROUND({operand},{_DECIMALS.get(self._definition.measure, 1)})"
        return operand

    def _better(self, better: str, worse: str) -> str:
        """By how much the first is better than the second, for polarities H and L."""
        if self._definition.polarity is Polarity.HIGH:
            return f"{better}-{worse}"
        return f"{worse}-{better}"

    def _tolerance(self, colour: str) -> str:
        definition = self._definition
        has_own = definition.has_green if colour == "green" else definition.has_amber
        if has_own or definition.is_in_points:
            return str(self._own(f"{colour}_tolerance"))
        return f"{PREFIX}{colour}_tolerance_{definition.polarity}"

    def _rag(self) -> str:
        """The letter; nothing where a result, target or tolerance is missing."""
        definition = self._definition
        result, target = self._operand("result"), self._operand("target")
        r, t = self._compared(result), self._compared(target)
        gap = f"ABS({r}-{t})"
        if definition.polarity is not Polarity.TARGET:
            gap = self._better(t, r)
        unit = "" if definition.is_in_points else f"*ABS({t})"
        green = self._tolerance("green")
        needed = [result, target, green]
        if definition.has_floor and definition.polarity is not Polarity.TARGET:
            amber = f"ROUND({self._better(self._compared(str(self._own('floor'))), r)},9)<=0"
        else:
            needed.append(self._tolerance("amber"))
            amber = f"ROUND({gap}-{needed[-1]}{unit},9)<=0"
        unrated = f"COUNT({','.join(needed)})<{len(needed)}"
        if self._settings.minimum_denominator is not None and definition.measure.has_denominator:
            too_few = f"{self._operand('denominator')}<{PREFIX}minimum_denominator"
            unrated = f"OR({unrated},{too_few})"
        letters = f'IF(ROUND({gap}-{green}{unit},9)<=0,"G",IF({amber},"A","R"))'
        return f'IF({unrated},"",{letters})'

    def _arrow(self, name: str) -> str:
        """The arrow; nothing where a value is missing, or for polarity T the target."""
        definition = self._definition
        result, before, target = (self._operand(role) for role in ("result", name, "target"))
        r, b, t = (self._compared(operand) for operand in (result, before, target))
        needed = [result, before]
        if definition.polarity is Polarity.TARGET:
            needed.append(target)
            better = f"ABS({b}-{t})-ABS({r}-{t})"
        else:
            better = self._better(r, b)
        arrow = f'MID("↓→↑",2+SIGN(ROUND({better},9)),1)'
        if self._settings.same_within:
            same = f"ROUND(ABS({r}-{b})-{PREFIX}same_within*ABS({b}),9)<=0"
            arrow = f'IF({same},"→",{arrow})'
        return f'IF(COUNT({",".join(needed)})<{len(needed)},"",{arrow})'


def _words(cell: str) -> str:
    """What stands in a count's cell instead of a number, in words."""
    typed = f'TRIM(CLEAN(SUBSTITUTE({cell},state_no_break_space," ")))'
    known = f'INDEX(state_words,MATCH("="&{typed},state_typed,0))'
    return f'IFERROR({known},"not a count")'
