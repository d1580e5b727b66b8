"""What lies behind figures, in words: comments that belong to an indicator and a date."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.rules.columns import Columns
from scorecard_xl.rules.entries import date_entries
from scorecard_xl.rules.periods import british_date
from scorecard_xl.rules.tables import Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.tables import InputTable

COMMENTARY_COLUMNS = ("as_at", "indicator", "comment")
OPTIONAL_COLUMNS = ("action", "owner")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Comment:
    """What is said of an indicator at a date, what is being done, and by whom."""

    comment: str = ""
    action: str = ""
    owner: str = ""

    def __str__(self) -> str:
        action = f" Action: {self.action}" if self.action else ""
        return self.comment + action + (f" ({self.owner})" if self.owner else "")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Commentary:
    """Comments by date and code in small letters; of two for the same, the last."""

    rows: Columns
    comments: Mapping[tuple[dt.date, str], Comment]

    def of(self, code: str, as_at: dt.date) -> Comment | None:
        """The comment on an indicator at a date, if there is one."""
        return self.comments.get((as_at, code.lower()))

    def on(self, codes: Iterable[str], as_at: dt.date) -> dict[str, Comment]:
        """The comments on indicators at a date, by code, where there are any."""
        found = {code: self.of(code, as_at) for code in codes}
        return {code: comment for code, comment in found.items() if comment is not None}

    def is_used_at(self, *dates: dt.date) -> bool:
        """Whether anything is said of any of the dates."""
        return not {date for date, _ in self.comments}.isdisjoint(dates)


def read_commentary(given: InputTable | None) -> tuple[Commentary, list[Problem]]:
    """Read the table of comments; what is wrong with it is a warning, for it moves no figure.

    Parameters
    ----------
    given
        ``as_at``, ``indicator`` and ``comment``; optionally ``action`` and
        ``owner``. None, or a table without any column, is no commentary.
    """
    if given is None or not list(given):
        given = {column: [] for column in COMMENTARY_COLUMNS}
    table = Table(
        "Commentary", given, key="indicator", columns=COMMENTARY_COLUMNS, optional=OPTIONAL_COLUMNS
    )
    days, _ = date_entries(table.entries("as_at"))
    codes = table.text("indicator")
    texts = [table.text(column).plain() for column in ("comment", *OPTIONAL_COLUMNS)]
    comments: dict[tuple[dt.date, str], Comment] = {}
    for row, (day, code) in enumerate(zip(days.tolist(), codes.plain(), strict=True)):
        said, action, owner = (text[row] or "" for text in texts)
        if not (said or action):
            continue
        if code is None:
            table.warning(
                "code_blank", row, "indicator", "the comment names no indicator",
                "type the code of the indicator that it belongs to",
            )  # fmt: skip
        if day is None:
            table.warning(
                "not_a_date", row, "as_at", "the comment has no date, and is not shown",
                "type the date of the scorecard that it belongs to, such as 31/01/2013",
            )  # fmt: skip
        if code is None or day is None:
            continue
        if (day, code.lower()) in comments:
            table.warning(
                "two_comments", row, "comment",
                f"{code} has another comment as at {british_date(day)}, which is not shown",
                "make one of the two, or take one out",
            )  # fmt: skip
        comments[day, code.lower()] = Comment(comment=said, action=action, owner=owner)
    rows = Columns({"as_at": days, "indicator": codes}, table.rows)
    return Commentary(rows=rows, comments=comments), table.in_order()
