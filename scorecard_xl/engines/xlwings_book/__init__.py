"""Any workbook that xlwings can reach: in Excel, in Excel on the web, in LibreOffice."""

from scorecard_xl.engines.xlwings_book.busy import rejections_told
from scorecard_xl.engines.xlwings_book.running import attach_to_excel, calling_workbook
from scorecard_xl.engines.xlwings_book.telling import tell
from scorecard_xl.engines.xlwings_book.workbook import XlwingsWorkbook

__all__ = ["XlwingsWorkbook", "attach_to_excel", "calling_workbook", "rejections_told", "tell"]
