"""Write scorecard.xlam: the Scorecard tab for any open scorecard workbook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from workbook_templates.build.document_language import set_language
from workbook_templates.build.look import Look
from workbook_templates.build.macros import vba_project
from workbook_templates.build.office_parts import ADDIN, MACRO_WORKBOOK, retyped, with_ribbon
from workbook_templates.build.skeleton import LANGUAGE, PROPERTIES

if TYPE_CHECKING:
    from pathlib import Path

# What Excel's dialogue for add-ins shows.
_PROPERTIES = {
    "title": "Scorecard",
    "subject": "A ribbon tab for scorecard workbooks",
    "comments": "Refresh and check the open scorecard workbook. Needs scorecard_xl and xlwings.",
    "author": PROPERTIES["author"],
    "created": PROPERTIES["created"],
}
_SENTENCE = "This add-in puts the tab Scorecard on Excel's ribbon; it holds no figures."


def write_addin(path: Path) -> None:
    """Write the add-in at `path`. Writing twice gives the same bytes."""
    content = io.BytesIO()
    # XlsxWriter warns of macros in a file that is not named .xlsm, unless it has no name.
    with Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Scorecard add-in")
        sheet.write_string(0, 0, _SENTENCE, Look(workbook).format("purpose"))
        workbook.add_vba_project(io.BytesIO(vba_project(sheet_count=1)), is_stream=True)
        workbook.set_properties(dict(_PROPERTIES))
    path.write_bytes(with_ribbon(retyped(content.getvalue(), old=MACRO_WORKBOOK, new=ADDIN)))
    set_language(path, LANGUAGE)
