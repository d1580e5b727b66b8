"""The end of a batch: what was made is printed, shown in the index, and reported."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.batch.index_workbook import write_indexes
from scorecard_xl.batch.outcome import Failure
from scorecard_xl.engines.file.many_saving import clear_temporaries
from scorecard_xl.exceptions import ScorecardError

if TYPE_CHECKING:
    from scorecard_xl.batch.manifest import Manifest
    from scorecard_xl.batch.outcome import Outcome
    from scorecard_xl.batch.records import Place
    from scorecard_xl.batch.store import Store
    from scorecard_xl.batch.template import BatchTemplate

REPORT = "report.txt"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Closing:
    """Brings a batch to its end, and tells its outcome what comes of that."""

    place: Place
    store: Store
    manifest: Manifest
    outcome: Outcome
    template: BatchTemplate
    overwrite: bool

    def close(self, *, pdf: bool) -> None:
        """Print, write the index, and leave nothing but what the next run needs."""
        entries = self.manifest.take_parts()
        self.manifest.note_current([entry.file for entry in entries])
        self.outcome.made += len(entries)
        self.outcome.warnings += sum(entry.warnings for entry in entries)
        if pdf and not self.outcome.is_stopped:
            self._print()
        self._write_indexes()
        self._report()
        self.manifest.settle()
        clear_temporaries(self.place.folder)

    def _write_indexes(self) -> None:
        try:
            self.outcome.indexes += write_indexes(
                self.place, self.store, self.manifest, self.template, overwrite=self.overwrite
            )
        except ScorecardError as error:
            self.outcome.failures.append(Failure(whose="The index", reasons=(str(error),)))

    def _report(self) -> None:
        """Write every note and failure to a text file; there is none where there are none."""
        sentences = [*self.outcome.notes]
        for shared in self.outcome.reasons():
            sentences += shared.sentences()
            if shared.is_told_once:
                sentences += [f"- {each}" for each in shared.whose]
        if not sentences:
            self.manifest.take_away(REPORT)
            return
        text = "".join(f"{sentence}\n" for sentence in sentences)
        try:
            self.manifest.put(REPORT, text.encode("utf-8-sig"), overwrite=self.overwrite)
            self.outcome.report = self.outcome.folder / REPORT
        except ScorecardError as error:
            self.outcome.failures.append(Failure(whose="The report", reasons=(str(error),)))

    def _print(self) -> None:
        # LibreOffice is loaded only where there is something to print.
        from scorecard_xl.batch.printing import print_all

        self.outcome.pdfs, failures = print_all(
            self.place, self.store, self.manifest, overwrite=self.overwrite
        )
        self.outcome.failures += failures
