"""Rolling forward: this period's results into History, the workbook on to the next period."""

from __future__ import annotations

from scorecard_xl.rolling.next_file import NextFile, roll_file, roll_open_workbook
from scorecard_xl.rolling.roll import Rolled, roll_forward

__all__ = ["NextFile", "Rolled", "roll_file", "roll_forward", "roll_open_workbook"]
