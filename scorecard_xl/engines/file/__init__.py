"""Scorecard workbooks on disk: the package is edited, not rebuilt."""

from scorecard_xl.engines.file.workbook import FileWorkbook, open_file

__all__ = ["FileWorkbook", "open_file"]
