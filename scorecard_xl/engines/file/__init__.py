"""Scorecard workbooks on disk: the package is edited, not rebuilt."""
