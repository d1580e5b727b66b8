"""Write the workbook template, all but the Scorecard's body, which a refresh fills."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from scorecard_xl.upgrading.first_template import fingerprint_of
from scorecard_xl.upgrading.guide import NAME as GUIDE_NAME
from scorecard_xl.workbook.template import TEMPLATE_VERSION, VERSION_NAME
from workbook_templates.build import look as house
from workbook_templates.build.buttons import add_buttons
from workbook_templates.build.document_language import set_language
from workbook_templates.build.hidden_names import hide_names
from workbook_templates.build.input_rows import (
    commentary_rows,
    count_rows,
    history_rows,
    indicator_rows,
    setting_rows,
)
from workbook_templates.build.input_sheets import write_input_sheet
from workbook_templates.build.input_tables import INPUT_SHEETS
from workbook_templates.build.look import Look
from workbook_templates.build.message_sheets import (
    LAST_REFRESHED_CELL,
    guide_texts,
    write_checks,
    write_guide,
    write_why,
)
from workbook_templates.build.scorecard_sheet import scorecard_names, write_scorecard, write_styles
from workbook_templates.build.source_files import read_rows
from workbook_templates.build.validations import add_validations, mark_unchanged_counts

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_templates.build.input_rows import Cell

TAB_COLOURS = {
    "Scorecard": house.TAB_OUTPUT,
    "Counts": house.TAB_INPUT,
    "Indicators": house.TAB_INPUT,
    "History": house.TAB_INPUT,
    "Commentary": house.TAB_INPUT,
    "Settings": house.TAB_INPUT,
    "Checks": house.TAB_OUTPUT,
    "Why": house.TAB_OUTPUT,
    "Guide": house.TAB_HELP,
    "Styles": house.TAB_HELP,
}

LANGUAGE = "en-GB"
CALCULATION_ID = 191029

PROPERTIES = {
    "title": "Children's services scorecard",
    "subject": "Monthly performance: results, ratings and direction of travel",
    "author": "scorecard_xl",
    "category": "Performance scorecard",
    "keywords": "children's services, performance, indicators, RAG",
    # The date is fixed, so that building twice gives the same bytes.
    "created": datetime.datetime(2013, 2, 8, 9, 0, 0),
}


def write_skeleton(path: Path, *, inputs_folder: Path, with_buttons: bool = False) -> None:
    """Write the template at `path` from the four CSV files in `inputs_folder`.

    The Scorecard has its headings and names but no body rows and no figures. With
    buttons, which want a `path` that ends in .xlsm, it carries the macros they run.
    Writing twice gives the same bytes.
    """
    settings = _settings(inputs_folder)
    tables = _tables(inputs_folder, settings=settings)
    workbook = Workbook(str(path), _options())
    look = Look(workbook)
    sheets = {name: workbook.add_worksheet(name) for name in TAB_COLOURS}
    for name, sheet in sheets.items():
        sheet.set_tab_color(TAB_COLOURS[name])
    write_scorecard(sheets["Scorecard"], look, settings=settings)
    for spec in INPUT_SHEETS:
        write_input_sheet(sheets[spec.name], look, spec=spec, rows=tables[spec.name])
    write_checks(sheets["Checks"], look)
    write_why(sheets["Why"], look)
    write_guide(sheets["Guide"], look)
    write_styles(sheets["Styles"], look)
    sheets["Styles"].hide()
    add_validations(sheets, settings=list(settings))
    # A rule's format changes a cell's look, so it says nothing of font or size.
    mark_unchanged_counts(sheets["Counts"], workbook.add_format(house.UNCHANGED))
    _define_names(workbook)
    if with_buttons:
        add_buttons(workbook)
    workbook.set_properties(dict(PROPERTIES))
    sheets["Scorecard"].activate()
    _set_up_window(workbook)
    workbook.close()
    set_language(path, LANGUAGE)
    hide_names(path, (VERSION_NAME, GUIDE_NAME))


def _settings(folder: Path) -> dict[str, str]:
    return {row["name"]: row["value"] for row in read_rows(folder / "settings.csv")}


def _tables(folder: Path, *, settings: dict[str, str]) -> dict[str, list[list[Cell]]]:
    indicators = read_rows(folder / "indicators.csv")
    return {
        "Counts": count_rows(read_rows(folder / "counts.csv")),
        "Indicators": indicator_rows(indicators),
        "History": history_rows(read_rows(folder / "history.csv"), indicators=indicators),
        "Commentary": commentary_rows(),
        "Settings": setting_rows(settings),
    }


def _options() -> dict[str, object]:
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": house.FONT, "font_size": 10},
    }


def _set_up_window(workbook: Workbook) -> None:
    workbook.set_size(1366, 728)
    # Every formula carries its value. With an older calculation id, or told to
    # calculate on load, Excel would ask to save a workbook nobody has changed.
    workbook.set_calc_mode("auto", CALCULATION_ID)
    workbook.calc_on_load = False


def _define_names(workbook: Workbook) -> None:
    names = scorecard_names() | {
        "checks_body": "=Checks!$A$5",
        "checks_last": f"=Checks!{LAST_REFRESHED_CELL}",
        "why_body": "=Why!$A$5",
        "count_codes": "=Counts[Code]",
        "prototype_rows": "=Styles!$A$1",
        VERSION_NAME: f"={TEMPLATE_VERSION}",
        GUIDE_NAME: f'="{fingerprint_of(guide_texts())}"',
    }
    for name, cell in names.items():
        workbook.define_name(name, cell)
