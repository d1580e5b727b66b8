"""What a click depends on, examined one by one: what is found, and what would put it right."""

from __future__ import annotations

from scorecard_xl.doctor.examination import findings
from scorecard_xl.doctor.machine import Machine, machine_here
from scorecard_xl.finding import Finding

__all__ = ["Finding", "Machine", "findings", "machine_here"]
