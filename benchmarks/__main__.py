"""All benchmarks, one after the other: ``python -m benchmarks``."""

from __future__ import annotations

from benchmarks import clicks, files, processes, recalculation, rolling, rules

for subject in (files, processes, rules, recalculation, rolling, clicks):
    subject.main()
    print()
