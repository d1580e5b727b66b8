"""Many scorecards at once: areas and dates from long tables, totals added up, each a workbook."""

from __future__ import annotations

from scorecard_xl.batch.outcome import Failure, Outcome
from scorecard_xl.batch.running import BatchTables, Progress, make_batch

__all__ = ["BatchTables", "Failure", "Outcome", "Progress", "make_batch"]
