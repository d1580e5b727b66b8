"""Build the templates: ``python -m workbook_templates.build``, from the root of the checkout."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from scorecard_xl import open_workbook, refresh
from workbook_templates.build.skeleton import write_skeleton

FOLDER = Path(__file__).parent.parent
EXAMPLE, EMPTY = "scorecard_kent_2013_01.xlsx", "scorecard_empty.xlsx"


def build(target: Path) -> None:
    """Write both templates into a folder; the example is filled by a refresh."""
    with TemporaryDirectory() as temporary:
        skeleton = Path(temporary) / EXAMPLE
        write_skeleton(skeleton, inputs_folder=FOLDER / "kent_2013_01")
        with open_workbook(skeleton) as workbook:
            refresh(workbook)
            workbook.save_copy(target / EXAMPLE, overwrite=True)
    write_skeleton(target / EMPTY, inputs_folder=FOLDER / "empty")


if __name__ == "__main__":
    build(FOLDER)
    print(f"{EXAMPLE} and {EMPTY} are built.")
