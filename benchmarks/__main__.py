"""All benchmarks, one after the other: ``python -m benchmarks``."""

from __future__ import annotations

from benchmarks import files, processes, recalculation, rules

for subject in (files, processes, rules, recalculation):
    subject.main()
    print()
