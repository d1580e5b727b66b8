"""The scorecards of a batch printed, each beside its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.batch.file_names import file_name
from scorecard_xl.batch.outcome import Failure
from scorecard_xl.exceptions import EngineError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorecard_xl.batch.manifest import Manifest
    from scorecard_xl.batch.records import Entry, Place
    from scorecard_xl.batch.store import Store

_ENDING = ".pdf"


def print_all(
    place: Place, store: Store, manifest: Manifest, *, overwrite: bool
) -> tuple[int, list[Failure]]:
    """Print what has no PDF of its workbook as it is; gives how many were printed, and failures."""
    waiting = list(_unprinted(place, store, manifest))
    if not waiting:
        return 0, []
    # LibreOffice is loaded only where there is something to print.
    from scorecard_xl.engines.printing import print_each

    count = 0
    failures: list[Failure] = []
    try:
        pages = print_each(place.folder / entry.file for entry in waiting)
        for entry, pdf in zip(waiting, pages, strict=True):
            try:
                manifest.put(_pdf_of(place.folder / entry.file).name, pdf, overwrite=overwrite)
            except RefusedError as error:
                failures.append(Failure(whose=entry.area, reasons=(str(error),)))
                continue
            manifest.add([entry._replace(pdf=entry.sha256)])
            count += 1
    except EngineError as error:
        failures.append(Failure(whose="PDF", reasons=(str(error),)))
    return count, failures


def _unprinted(place: Place, store: Store, manifest: Manifest) -> Iterator[Entry]:
    for unit in store.units():
        entry = manifest.entry(file_name(unit.area, unit.as_at, place.suffix))
        if entry is None:
            continue
        workbook = place.folder / entry.file
        if workbook.exists() and (entry.pdf != entry.sha256 or not _pdf_of(workbook).exists()):
            yield entry


def _pdf_of(workbook: Path) -> Path:
    return workbook.with_suffix(_ENDING)
