"""Give a workbook what today's template has and its own did not."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.adopting import AdoptingWorkbook
from scorecard_xl.exceptions import InvalidWorkbookError, RefusedError
from scorecard_xl.new_workbook import EMPTY, template_path
from scorecard_xl.upgrading.guide import renew_guide
from scorecard_xl.upgrading.input_tables import add_columns, add_settings
from scorecard_xl.upgrading.messages import add_last_refreshed, renew_texts
from scorecard_xl.upgrading.room import refuse_foreign_name
from scorecard_xl.upgrading.scorecard_columns import add_prototypes, add_state_column
from scorecard_xl.upgrading.sheets import add_sheets
from scorecard_xl.workbook.template import (
    TEMPLATE_VERSION,
    VERSION_NAME,
    read_template,
    version_of,
)

if TYPE_CHECKING:
    from pathlib import Path

_STEPS = (
    add_sheets,
    add_columns,
    add_settings,
    add_state_column,
    add_prototypes,
    add_last_refreshed,
    renew_texts,
    renew_guide,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Upgraded:
    """What a workbook has gained, and the versions of its template before and now."""

    added: tuple[str, ...]
    before: int
    now: int

    @property
    def is_changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.added) or self.before != self.now


def upgrade(workbook: AdoptingWorkbook) -> Upgraded:
    """Add what a workbook lacks of today's template; it is not saved.

    What the template has is found by names, headings and the names of settings, wherever
    an analyst has moved it. What an analyst changed or took away stays so, unless a template
    before today's did not have it.

    Raises
    ------
    InvalidWorkbookError
        It is no scorecard workbook.
    RefusedError
        A cell of an analyst's is where something would go, or the workbook is of a
        template that comes after this version of scorecard_xl.
    """
    template, problems = read_template(workbook)
    if template is None:
        raise InvalidWorkbookError(problems)
    refuse_foreign_name(workbook, VERSION_NAME, own=r"\d+")
    before = version_of(workbook.formula_of(VERSION_NAME))
    if before > TEMPLATE_VERSION:
        message = (
            f"{workbook.name} is of the template's version {before}, and this scorecard_xl knows "
            f"{TEMPLATE_VERSION}; install a newer one."
        )
        raise RefusedError(message)
    with AdoptingWorkbook.at(template_path(EMPTY)) as today:
        added = [what for step in _STEPS for what in step(workbook, today)]
    if before < TEMPLATE_VERSION:
        workbook.define_hidden(VERSION_NAME, str(TEMPLATE_VERSION))
    return Upgraded(added=tuple(added), before=before, now=TEMPLATE_VERSION)


def upgrade_file(path: Path, *, output: Path | None = None, overwrite: bool = False) -> Upgraded:
    """Upgrade a file, which is kept as it was beside it, or give another file what is new.

    Nothing is written where nothing is missing.

    Raises
    ------
    FileError
        It cannot be read or written, or is open elsewhere.
    """
    with AdoptingWorkbook.at(path) as workbook:
        upgraded = upgrade(workbook)
        if not upgraded.is_changed:
            return upgraded
        if output is not None:
            workbook.save_copy(output, overwrite=overwrite)
        else:
            workbook.save()
    return upgraded
