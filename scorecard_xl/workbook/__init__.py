"""What a scorecard workbook holds and how it is filled, for any engine that can open one."""
