"""Build the templates: ``python -m workbook_templates.build``, from the root of the checkout."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from scorecard_xl import open_workbook, refresh
from workbook_templates.build.addin_book import write_addin
from workbook_templates.build.office_parts import with_ribbon
from workbook_templates.build.skeleton import write_skeleton

FOLDER = Path(__file__).parent.parent
EXAMPLE, EMPTY = "scorecard_kent_2013_01.xlsx", "scorecard_empty.xlsx"
EXAMPLE_WITH_BUTTONS, ADDIN = "scorecard_kent_2013_01.xlsm", "scorecard.xlam"
BUILT = (EXAMPLE, EMPTY, EXAMPLE_WITH_BUTTONS, ADDIN)


def build(target: Path) -> None:
    """Write the templates and the add-in into a folder; a refresh fills the examples."""
    _build_example(target / EXAMPLE)
    _build_example(target / EXAMPLE_WITH_BUTTONS, with_buttons=True)
    write_skeleton(target / EMPTY, inputs_folder=FOLDER / "empty")
    write_addin(target / ADDIN)


def _build_example(path: Path, *, with_buttons: bool = False) -> None:
    with TemporaryDirectory() as temporary:
        skeleton = Path(temporary) / path.name
        write_skeleton(skeleton, inputs_folder=FOLDER / "kent_2013_01", with_buttons=with_buttons)
        if with_buttons:
            skeleton.write_bytes(with_ribbon(skeleton.read_bytes()))
        with open_workbook(skeleton) as workbook:
            refresh(workbook)
            workbook.save_copy(path, overwrite=True)


if __name__ == "__main__":
    build(FOLDER)
    print(f"{', '.join(BUILT[:-1])} and {BUILT[-1]} are built.")
