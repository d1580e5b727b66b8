"""All benchmarks, one after the other: ``python -m benchmarks``."""

from __future__ import annotations

from benchmarks import batch, circulating, clicks, files, processes, recalculation, rolling, rules

for subject in (files, processes, rules, recalculation, rolling, batch, circulating, clicks):
    subject.main()
    print()
