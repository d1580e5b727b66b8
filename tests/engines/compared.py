"""What a saved workbook holds, in a form that two engines' results can be compared in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.formatting.rule import Rule
    from openpyxl.worksheet.worksheet import Worksheet

Held = dict[str, Any]


def held_by(path: Path, *, heights: bool = True) -> Held:
    """Cells, number formats, fonts, names, tables, merges, rules, print areas, row heights."""
    book = openpyxl.load_workbook(path)
    held: Held = {
        f"name {name}": _plain(defined.attr_text) for name, defined in book.defined_names.items()
    }
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or cell.has_style:
                    held[f"{sheet.title}!{cell.coordinate}"] = _cell(cell)
        held |= {f"rule {sheet.title} {i}": each for i, each in enumerate(_rules(sheet))}
        held[f"merges {sheet.title}"] = sorted(map(str, sheet.merged_cells.ranges))
        held[f"print area {sheet.title}"] = sheet.print_area
        held |= {f"table {table.name}": table.ref for table in sheet.tables.values()}
        if heights:
            rows = sheet.row_dimensions.items()
            held |= {f"height {sheet.title} {i}": row.height for i, row in rows if row.height}
    return held


def differences(one: Held, other: Held) -> dict[str, tuple[Any, Any]]:
    """Where two workbooks hold something else."""
    keys = sorted({*one, *other})
    return {
        key: (one.get(key), other.get(key))
        for key in keys
        if one.get(key, _NOTHING) != other.get(key, _NOTHING)
    }


_NOTHING = ("", "General", False, None, None)


def _cell(cell: Any) -> tuple[Any, ...]:
    value = cell.value
    if isinstance(value, float):
        # The last bits get lost where a number is written as text.
        value = float(f"{value:.12g}")
    elif isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type else None
    is_formula = cell.data_type == "f"
    shown = _plain(value) if is_formula else value or "" if isinstance(value, str | None) else value
    # LibreOffice says of a text of digits that it is text.
    is_digits = isinstance(shown, str) and shown.strip().isdigit()
    code = "General" if is_digits and cell.number_format == "@" else cell.number_format
    return shown, code, is_formula, cell.font.b or None, fill


def _plain(formula: str | None) -> str:
    return (formula or "").replace(" ", "")


def _rules(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """The rules by place and priority among those of one place."""
    rules = [
        (str(formatting.sqref), rule.priority, _asked(rule))
        for formatting in sheet.conditional_formatting
        for rule in formatting.rules
    ]
    return [(where, asked) for where, _, asked in sorted(rules, key=lambda each: each[:2])]


def _asked(rule: Rule) -> tuple[Any, ...]:
    look = rule.dxf
    font, fill = look.font, look.fill
    return (
        rule.type,
        rule.operator,
        tuple(rule.formula),
        font.color.rgb[-6:] if font and font.color else None,
        bool(font and font.b),
        bool(font and font.i),
        fill.bgColor.rgb[-6:] if fill and fill.bgColor else None,
    )
