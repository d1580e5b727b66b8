"""The engines that open workbooks; the only rooms that import spreadsheet libraries."""
