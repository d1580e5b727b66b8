"""The house stands: imports point down, modules are small, texts speak of the project alone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.scorecards import KENT, copy_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "scorecard_xl"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 300

SPREADSHEET_LIBRARIES = {"xlwings", "openpyxl", "lxml", "python_calamine", "uno"}

# The dots keep this list from finding itself.
FORBIDDEN_TEXTS = [
    text.replace("·", "")
    for text in (
        "/wo·rk/", "/tm·p/", "/ro·ot/", "/ho·me/", "../sha·red",
        "DESI·GN.md", "STY·LE.md", "LO·OK.md", "FINDI·NGS.md", "ANCH·ORS.md",
        "py·pi.org", "python·hosted", "npm·js", "cra·tes.io", "local·host",
        "TO·DO", "FIX·ME", "XX·X ", "@ts-ig·nore",
        "good_·dir", "trend_·icon", "cell_·thing", "k·pi_", "K·PI ",
    )
]  # fmt: skip
FORBIDDEN_MODULE_NAMES = {"utils", "util", "helpers", "common", "manager", "misc"}


def texts_of_tree() -> Iterator[tuple[Path, str]]:
    """Yield every text file of the tree; what git ignores and binaries are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" not in content:
            yield path.relative_to(ROOT), content.decode()


def modules_imported_by(path: Path) -> set[str]:
    """Return the top-level names of all modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def test_every_import_points_down() -> None:
    # In a process of its own, since it disables every logger of the process it runs in.
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    run = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Contracts: " in run.stdout


def test_only_the_engines_import_spreadsheet_libraries() -> None:
    outside = [path for path in MODULES if PACKAGE / "engines" not in path.parents]
    found = {
        str(path.relative_to(ROOT)): sorted(libraries)
        for path in outside
        if (libraries := {name.split(".")[0] for name in modules_imported_by(path)}
            & SPREADSHEET_LIBRARIES)
    }  # fmt: skip
    assert found == {}


def test_nothing_imports_the_vendors_paid_part() -> None:
    imported = {name for path in MODULES for name in modules_imported_by(path)}
    assert [name for name in imported if name.startswith("xlwings.pro")] == []


def loaded_by(program: str) -> set[str]:
    """The modules that a program of Python's has loaded when it ends."""
    program = f"import sys\n{program}\nprint(*sorted(set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_importing_the_package_loads_no_spreadsheet_library() -> None:
    loaded = loaded_by("import scorecard_xl")
    assert "scorecard_xl" in loaded
    assert loaded & SPREADSHEET_LIBRARIES == set()


def test_a_refresh_of_a_file_loads_neither_pandas_nor_a_program_to_drive(tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    loaded = loaded_by(
        f"sys.argv = ['scorecard-xl', 'refresh', {str(path)!r}]\n"
        "from scorecard_xl.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass"
    )
    assert "scorecard_xl.workbook.refresh" in loaded
    assert loaded & {"pandas", "openpyxl", "xlwings", "uno"} == set()


def test_a_press_in_libreoffice_loads_xlwings_without_pandas() -> None:
    loaded = loaded_by(
        "from scorecard_xl.engines.xlwings_alone import load_xlwings_alone\n"
        "load_xlwings_alone()\n"
        "import scorecard_xl.engines.in_libreoffice, scorecard_xl.addin\n"
        "import scorecard_xl.workbook.refresh"
    )
    assert "xlwings" in loaded
    assert "pandas" not in loaded


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_does_one_job_in_few_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_modules_are_named_for_what_they_know() -> None:
    assert {path.stem for path in MODULES} & FORBIDDEN_MODULE_NAMES == set()


def test_the_tree_speaks_of_the_project_alone() -> None:
    found = [
        f"{path}: {text!r}"
        for path, content in texts_of_tree()
        for text in FORBIDDEN_TEXTS
        if text in content
    ]
    assert found == []


def test_no_comment_is_a_banner() -> None:
    banner = re.compile(r"^\s*#\s*[-=#*~]{4,}", re.MULTILINE)
    found = [str(path) for path, content in texts_of_tree() if banner.search(content)]
    assert found == []
