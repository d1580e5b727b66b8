"""Run the command line with ``python -m scorecard_xl``."""

from scorecard_xl.cli import main

main()
