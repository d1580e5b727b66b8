"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scorecard_xl.engines.file.workbook import FileWorkbook
    from scorecard_xl.engines.opening import Engine
    from scorecard_xl.engines.xlwings_book import XlwingsWorkbook

file_path = click.Path(path_type=Path)
workbook_argument = click.argument("path", metavar="PATH", type=file_path)
open_workbook_argument = click.argument("path", metavar="[PATH]", type=file_path, required=False)
engine_option = click.option(
    "--engine",
    type=click.Choice(["auto", "file", "excel", "libreoffice"], case_sensitive=False),
    default="auto",
    show_default=True,
    help="Where to work: in the program that has the workbook open, if any; in the file; in the "
    "Excel that runs, where PATH may be left out; in LibreOffice.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
force_option = click.option(
    "--force", is_flag=True, help="Replace the file if it is there already."
)


def opened(path: Path | None, *, engine: Engine) -> FileWorkbook | XlwingsWorkbook:
    """Open the workbook that a command names; with the engine of Excel, the active one."""
    from scorecard_xl.engines.opening import attach_to_excel, open_workbook

    if path is not None:
        return open_workbook(path, engine=engine)
    if engine != "excel":
        message = "Missing argument PATH: name a workbook; it may be left out with --engine excel."
        raise click.UsageError(message)
    return attach_to_excel()
