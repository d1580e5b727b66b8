"""The command line: workbooks are made, refreshed, checked and shown; Excel is set up."""

from __future__ import annotations

import sys

import click

from scorecard_xl.cli.batch import batch
from scorecard_xl.cli.circulating import circulate, verify
from scorecard_xl.cli.excel import addin, doctor
from scorecard_xl.cli.exceptions import exceptions
from scorecard_xl.cli.explaining import explain
from scorecard_xl.cli.exporting import export
from scorecard_xl.cli.making import demo, new
from scorecard_xl.cli.outcomes import HAS_ERRORS, NOT_READ_OR_WRITTEN
from scorecard_xl.cli.refreshing import check, refresh, show
from scorecard_xl.cli.rolling import roll
from scorecard_xl.cli.upgrading import upgrade
from scorecard_xl.exceptions import EngineError, InvalidInputsError, ScorecardError
from scorecard_xl.terminal import console, print_problems, use_utf_8, write_no_more
from scorecard_xl.wording import counted

__all__ = ["app", "main"]


@click.group(name="scorecard-xl", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="scorecard_xl", message="scorecard_xl %(version)s")
def app() -> None:
    """Children's services scorecards in Excel workbooks, worked out from raw counts."""


_COMMANDS = (
    demo, new, refresh, check, show, explain, exceptions, export, circulate, verify, roll,
    batch, upgrade, addin, doctor,
)  # fmt: skip
for command in _COMMANDS:
    app.add_command(command)


def main() -> None:
    """Run the command line; every error of the library ends as a sentence and an exit code."""
    use_utf_8()
    try:
        code = app.main(prog_name="scorecard-xl", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = HAS_ERRORS
    except InvalidInputsError as error:
        err = console(stderr=True)
        print_problems(error.problems, to=err)
        errors = sum(problem.is_error for problem in error.problems)
        err.print(f"{counted(errors, 'error')} to put right; nothing was changed.", markup=False)
        code = HAS_ERRORS
    except ScorecardError as error:
        console(stderr=True).print(str(error), markup=False, soft_wrap=True)
        code = NOT_READ_OR_WRITTEN if isinstance(error, EngineError) else HAS_ERRORS
    except OSError as error:
        # Of files the library speaks itself; this is the terminal, or where its lines go.
        write_no_more()
        if not isinstance(error, BrokenPipeError):
            console(stderr=True).print(f"The output cannot be written: {error.strerror}.")
        code = NOT_READ_OR_WRITTEN
    sys.exit(code)
