"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

file_path = click.Path(path_type=Path)
workbook_argument = click.argument("path", metavar="PATH", type=file_path)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
force_option = click.option(
    "--force", is_flag=True, help="Replace the file if it is there already."
)
