"""Build the workbook templates from readable sources; not part of what is shipped."""

from __future__ import annotations

from workbook_templates.build.skeleton import write_skeleton

__all__ = ["write_skeleton"]
