"""Our own check of a workbook's package, for what both validators let pass and Excel does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.judges import check_of_formats, check_of_parts, check_of_sheets, check_of_workbook
from tests.judges.opened_package import OpenedPackage, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_OF_PACKAGE: tuple[Callable[[OpenedPackage], Iterator[str]], ...] = (
    check_of_parts.problems_of_content_types,
    check_of_parts.problems_of_relationships,
    check_of_parts.problems_of_reach,
    check_of_parts.problems_of_kinds,
    check_of_parts.problems_of_relation_ids,
    check_of_parts.problems_of_prefixes,
    check_of_workbook.problems_of_sheet_names,
    check_of_workbook.problems_of_tables,
    check_of_workbook.problems_of_defined_names,
    check_of_workbook.problems_of_calc_chain,
    check_of_formats.problems_of_styles,
    check_of_formats.problems_of_differential_formats,
)
_OF_SHEET: tuple[Callable[[Sheet], Iterator[str]], ...] = (
    check_of_sheets.problems_of_child_order,
    check_of_sheets.problems_of_rows,
    check_of_sheets.problems_of_shared_formulas,
    check_of_sheets.problems_of_dimension,
    check_of_sheets.problems_of_columns,
    check_of_formats.problems_of_conditional_formats,
    check_of_formats.problems_of_extended_formats,
    check_of_formats.problems_of_data_validations,
)
_OF_SHEET_IN_PACKAGE: tuple[Callable[[Sheet, OpenedPackage], Iterator[str]], ...] = (
    check_of_sheets.problems_of_values,
    check_of_sheets.problems_of_formulas,
    check_of_sheets.problems_of_merges,
    check_of_sheets.problems_of_links,
    check_of_formats.problems_of_style_ids,
    check_of_formats.problems_of_controls,
)


def problems_of_package(path: Path) -> list[str]:
    """Say everything that is wrong with a .xlsx or .xlsm; an empty list means sound.

    A zip that cannot be trusted, or a part that is no XML, ends the check: the rest
    would be judged by guesswork.
    """
    problems = list(check_of_parts.problems_of_zip(path))
    if problems:
        return problems
    package = OpenedPackage(path)
    problems = list(check_of_parts.problems_of_xml(package))
    if problems:
        return problems
    if not package.related("", "officeDocument"):
        return ["package: nothing leads to a workbook"]
    for check in _OF_PACKAGE:
        problems += check(package)
    for sheet in package.sheets:
        for check_sheet in _OF_SHEET:
            problems += check_sheet(sheet)
        for check_both in _OF_SHEET_IN_PACKAGE:
            problems += check_both(sheet, package)
    return problems
