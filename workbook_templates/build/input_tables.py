"""The tables analysts type into: their sheets, headings, widths and alignment."""

from __future__ import annotations

import dataclasses

from workbook_templates.build import look as house

# A date joined to text gives its serial number, in every language of Excel.
KEY_FORMULA = '=History[@[As at]]&"|"&LOWER(History[@[Indicator]])'


@dataclasses.dataclass(frozen=True, kw_only=True)
class Column:
    """One column of an input table; a cell's own number format overrides it."""

    heading: str
    width: float
    is_typed: bool = False
    align: str = "left"
    wraps: bool = False
    formula: str = ""
    number_format: str = "General"


@dataclasses.dataclass(frozen=True, kw_only=True)
class InputSheet:
    """A sheet around one input table, named alike."""

    name: str
    title: str
    purpose: str
    columns: tuple[Column, ...]
    frozen_columns: int = 0

    def position(self, heading: str) -> int:
        """Return where a column stands, from 0."""
        return [column.heading for column in self.columns].index(heading)


COUNTS = InputSheet(
    name="Counts",
    title="Counts",
    purpose="The figures of the month. Type each count once, in the Value column; "
    "the scorecard divides them.",
    columns=(
        Column(heading="Code", width=40),
        Column(heading="Count", width=84),
        Column(heading="Data period", width=10, align="center"),
        Column(heading="Value", width=13, is_typed=True, align="right", number_format=house.COUNT),
        Column(heading="Source", width=24),
        Column(heading="Extracted", width=12, number_format=house.DATE, align="center"),
        Column(heading="Previous value", width=15, align="right", number_format=house.COUNT),
    ),
)
INDICATORS = InputSheet(
    name="Indicators",
    title="Indicators",
    purpose="What each line of the scorecard is: its counts, its target and its tolerances. "
    "The order here is the order on the scorecard.",
    columns=(
        Column(heading="Indicator", width=34),
        Column(heading="Section", width=37),
        Column(heading="Name", width=78),
        Column(heading="Polarity", width=11, align="center"),
        Column(heading="Data period", width=10, align="center"),
        Column(heading="Measure", width=12),
        Column(heading="Numerator", width=40),
        Column(heading="Denominator", width=40),
        Column(heading="Target", width=10, is_typed=True, align="right"),
        Column(heading="Floor", width=10, is_typed=True, align="right"),
        Column(
            heading="Green tolerance",
            width=12,
            is_typed=True,
            align="right",
            number_format=house.SHARE,
        ),
        Column(
            heading="Amber tolerance",
            width=12,
            is_typed=True,
            align="right",
            number_format=house.SHARE,
        ),
        Column(heading="Tolerance unit", width=12, is_typed=True, align="center"),
    ),
    frozen_columns=1,
)
HISTORY = InputSheet(
    name="History",
    title="History",
    purpose="Results as they were published. The arrows compare with these; "
    "a figure under Restated is used instead.",
    columns=(
        Column(heading="As at", width=12, number_format=house.DATE, align="center"),
        Column(heading="Indicator", width=36),
        Column(heading="Result", width=11, align="right"),
        Column(heading="Numerator", width=14, align="right", number_format=house.COUNT),
        Column(heading="Denominator", width=15, align="right", number_format=house.COUNT),
        Column(heading="Target", width=10, align="right"),
        Column(heading="RAG", width=9, align="center"),
        Column(heading="Restated", width=12, is_typed=True, align="right"),
        Column(heading="Status", width=14, is_typed=True),
        Column(heading="Key", width=42, formula=KEY_FORMULA),
    ),
)
COMMENTARY = InputSheet(
    name="Commentary",
    title="Commentary",
    purpose="What lies behind a figure, and what is being done. "
    "Each comment belongs to an indicator's code and a month.",
    columns=(
        Column(heading="As at", width=12, is_typed=True, number_format=house.DATE, align="center"),
        Column(heading="Indicator", width=36, is_typed=True),
        Column(heading="Comment", width=70, is_typed=True, wraps=True),
        Column(heading="Action", width=50, is_typed=True, wraps=True),
        Column(heading="Owner", width=24, is_typed=True, wraps=True),
    ),
)
SETTINGS = InputSheet(
    name="Settings",
    title="Settings",
    purpose="Whose scorecard this is, for which month, and the rules that hold for all indicators.",
    columns=(
        Column(heading="Name", width=26),
        Column(heading="Value", width=34, is_typed=True, wraps=True),
        Column(heading="What it does", width=100, wraps=True),
    ),
)
INPUT_SHEETS = (COUNTS, INDICATORS, HISTORY, COMMENTARY, SETTINGS)
