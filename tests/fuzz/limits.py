"""What an input may take; one that takes more is a find, too."""

from __future__ import annotations

MOST_MEGABYTES = 1_000
MOST_SECONDS = 5
LONGEST_INPUT = 8_192
