"""All benchmarks, one after the other: ``python -m benchmarks``."""

from __future__ import annotations

from benchmarks import circulating, clicks, files, processes, recalculation, rolling, rules

for subject in (files, processes, rules, recalculation, rolling, circulating, clicks):
    subject.main()
    print()
