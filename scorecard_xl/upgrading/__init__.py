"""Upgrading: a workbook made from an older template gains what is new, and loses nothing."""

from __future__ import annotations

from scorecard_xl.upgrading.upgrade import Upgraded, upgrade, upgrade_file

__all__ = ["Upgraded", "upgrade", "upgrade_file"]
