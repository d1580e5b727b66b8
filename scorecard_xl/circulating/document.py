"""The whole of a copy: its four sheets, the names on them, its properties and manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.circulating.accessible_columns import columns_for
from scorecard_xl.circulating.accessible_page import accessible_page
from scorecard_xl.circulating.exceptions_page import exceptions_page
from scorecard_xl.circulating.manifest import manifest_of, version_of_rules
from scorecard_xl.circulating.notes_page import notes_page
from scorecard_xl.circulating.scorecard_layout import texts_around
from scorecard_xl.circulating.scorecard_page import scorecard_page
from scorecard_xl.circulating.table_pages import Marks
from scorecard_xl.engines.circulated import Document, Properties

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from scorecard_xl.circulating.basis import Basis
    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.circulating.scorecard_layout import Layout
    from scorecard_xl.rules import Settings
    from scorecard_xl.rules.exceptional_results import ExceptionalResult

LANGUAGE = "en-GB"


def document_of(
    lines: Sequence[Line],
    exceptions: Sequence[ExceptionalResult],
    basis: Basis,
    layout: Layout,
    *,
    how_made: Sequence[str],
    template_version: str,
    made_at: dt.datetime,
) -> Document:
    """Put a copy together from what its Scorecard shows, and nothing else."""
    settings = basis.settings
    texts = texts_around(lines, basis)
    marks = Marks(texts["footer"], settings.marking)
    scorecard, names = scorecard_page(lines, layout, texts, marks)
    columns = columns_for(layout.roles, lines)
    pages = (
        scorecard,
        accessible_page(lines, columns, settings.title, marks),
        exceptions_page(exceptions, settings.title, shown=layout.roles, marks=marks),
        notes_page(
            lines,
            how_made,
            basis,
            lineage=_lineage(lines, made_at),
            shown=layout.roles,
            marks=marks,
        ),
    )
    manifest = manifest_of(pages, template_version=template_version, made_at=made_at)
    return Document(
        pages=pages,
        names=names,
        properties=_properties(settings, manifest, made_at),
    )


def _lineage(lines: Sequence[Line], made_at: dt.datetime) -> str:
    return (
        f"Worked out from counts for {len(lines)} indicators by scorecard_xl "
        f"{version_of_rules()}, and copied as values on {made_at:%d/%m/%Y at %H:%M} UTC. "
        "scorecard-xl verify works it out again from what this copy states."
    )


def _properties(settings: Settings, manifest: dict[str, str], made_at: dt.datetime) -> Properties:
    """What is said of the copy as a whole; it names the area, and no person."""
    status = settings.status
    return Properties(
        title=f"{settings.title}, {settings.period_label}",
        subject="Performance scorecard: results, ratings and direction of travel",
        author=settings.area,
        language=settings.language or LANGUAGE,
        status=status[:1].upper() + status[1:],
        version=settings.version,
        made_at=made_at,
        custom=manifest,
    )
