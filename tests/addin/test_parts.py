"""The add-in and the template with buttons as files: sound, bound together, and harmless."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from oletools.olevba import VBA_Parser

from scorecard_xl.addin import ACTIONS
from scorecard_xl.engines.file.package import Package
from tests.judges.opened_package import OpenedPackage
from tests.judges.package_check import problems_of_package
from tests.judges.vba_check import problems_of_vba
from tests.judges.vba_project import PROCEDURAL, read_vba_project
from tests.scorecards import TEMPLATES
from workbook_templates.build.addin_book import write_addin
from workbook_templates.build.macros import SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lxml import etree

ADDIN, WITH_BUTTONS = TEMPLATES / "scorecard.xlam", TEMPLATES / "scorecard_kent_2013_01.xlsm"
BOTH = pytest.mark.parametrize("path", [ADDIN, WITH_BUTTONS], ids=lambda path: path.name)
MODULES = sorted(SOURCES.glob("*.bas"))
RIBBON = "{http://schemas.microsoft.com/office/2006/01/customui}"

# Words that start programs, change files, reach the network, hide what is done, or run by
# themselves; none is needed.
HARMFUL = re.compile(
    r"\b(Shell|CreateObject|GetObject|Declare|Kill|Lib|Environ|SendKeys|Open|Put|Write|Print|"
    r"FileCopy|MkDir|RmDir|Name\s+\S+\s+As|SaveAs|ExecuteExcel4Macro|Evaluate|CallByName|"
    r"VBProject|MacScript|AppleScriptTask|Chr\w?\$?\s*\(|StrReverse|Xor|Auto_?Open|Workbook_Open|"
    r"Auto_?Close|OnTime|OnKey|ChDir|SetAttr|DisplayAlerts)\b",
    re.IGNORECASE,
)


def code_of(module: Path) -> str:
    """A module's text without comments and texts in quotes."""
    without_texts = re.sub(r'"[^"\n]*"', '""', module.read_text(encoding="ascii"))
    return re.sub(r"'.*", "", without_texts)


def procedures_of(path: Path) -> dict[str, str]:
    """The public procedures of a file's standard modules: ``Module.Name`` and arguments."""
    found = re.compile(r"^Public Sub (\w+)\((.*)\)", re.MULTILINE)
    return {
        f"{module.name}.{name}": arguments.strip()
        for module in read_vba_project(path).modules
        if module.kind == PROCEDURAL
        for name, arguments in found.findall(module.text)
    }


def buttons_of(path: Path) -> list[etree._Element]:
    package = OpenedPackage(path)
    (part,) = package.related("", "extensibility")
    return list(package.xml(part).iter(f"{RIBBON}button"))


@BOTH
def test_validators_and_our_own_checks_find_nothing(
    validator_problems: Callable[[Path], list[str]], path: Path
) -> None:
    assert problems_of_package(path) == []
    assert problems_of_vba(path) == []
    assert validator_problems(path) == []


@BOTH
def test_nothing_is_suspicious_to_olevba_but_the_one_way_to_xlwings(path: Path) -> None:
    with_code = VBA_Parser(str(path))
    found = {
        (kind, word.casefold())
        for kind, word, _ in with_code.analyze_macros()
        if kind in ("AutoExec", "Suspicious", "IOC")
    }
    with_code.close()
    # Application.Run is how RunPython is reached. The last two are its guesses at plain words.
    allowed = {"run", "hex strings", "base64 strings"}
    assert {word for _, word in found} <= allowed
    assert ("Suspicious", "run") in found


def test_the_macros_hold_no_word_that_could_do_harm() -> None:
    assert len(MODULES) == 6
    for module in MODULES:
        assert HARMFUL.findall(code_of(module)) == [], module.name


def test_application_run_is_given_constant_texts_alone() -> None:
    text = "\n".join(module.read_text(encoding="ascii") for module in MODULES)
    text = re.sub(r"(?m)^\s*'.*$", "", text).replace(" _\n", " ")
    asked = re.findall(r'Application\.Run\b[ (]+((?:"[^"]*"(?:,\s*)?)+)', text)
    assert len(asked) == text.count("Application.Run")
    assert sorted(" ".join(one.split()) for one in asked) == [
        '"\'xlwings.xlam\'!GetConfig", "ADD_WORKBOOK_TO_PYTHONPATH", "true"',
        "\"'xlwings.xlam'!GetDirectoryConfigFilePath\"",
        *(
            f'"\'xlwings.xlam\'!RunPython", "from scorecard_xl import addin; addin.{action}()"'
            for action in sorted(ACTIONS)
        ),
    ]


def test_no_formula_in_a_cell_can_choose_what_is_run() -> None:
    # A cell of any open workbook could use a public function of the add-in, but none of a
    # private module.
    shared = [m for m in MODULES if "Option Private Module" not in code_of(m)]
    assert [module.stem for module in shared] == ["ScorecardButtons"]
    assert "Function" not in code_of(shared[0])


def test_a_folder_is_listed_with_its_hidden_and_system_files() -> None:
    # LibreOffice lists hidden files unasked, so only the constants tell what Excel will list.
    text = (SOURCES / "ScorecardFolder.bas").read_text(encoding="ascii")
    hidden, system, folder = 2, 4, 16
    assert f"Const FILES As Long = {hidden + system}\n" in text
    assert f"Const FILES_AND_FOLDERS As Long = {hidden + system + folder}\n" in text
    assert re.findall(r"\bDir\(.*", text) == [
        "Dir(folder & Application.PathSeparator, attributes)",
        "Dir()",
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_module_declares_its_variables_and_its_lines_fit(module: Path) -> None:
    lines = module.read_text(encoding="ascii").splitlines()
    assert lines[:2] == [f'Attribute VB_Name = "{module.stem}"', "Option Explicit"]
    assert max(len(line) for line in lines) <= 100


@BOTH
def test_a_file_holds_the_reviewed_modules_and_no_other_code(path: Path) -> None:
    reviewed = {m.stem: m.read_text(encoding="ascii").splitlines() for m in MODULES}
    modules = read_vba_project(path).modules
    held = {m.name: m.text.splitlines() for m in modules if m.kind == PROCEDURAL}
    assert held == reviewed
    for module in modules:
        if module.kind != PROCEDURAL:
            assert all(line.startswith("Attribute ") for line in module.text.splitlines())


@BOTH
def test_every_ribbon_button_names_a_sub_that_takes_its_control(path: Path) -> None:
    procedures = procedures_of(path)
    called = {button.get("onAction") for button in buttons_of(path)}
    assert called == {"ScorecardButtons.RibbonAction", "ScorecardButtons.RibbonHelp"}
    assert {procedures.get(name) for name in called} == {"control As Object"}


@BOTH
def test_the_ribbon_has_a_button_for_each_action_and_one_for_help(path: Path) -> None:
    *actions, about = [(button.get("id"), button.get("tag")) for button in buttons_of(path)]
    assert [tag for _, tag in actions] == list(ACTIONS)
    assert about == ("scorecardAbout", None)


@BOTH
def test_every_ribbon_button_says_what_it_does(path: Path) -> None:
    for button in buttons_of(path):
        assert all(button.get(name) for name in ("label", "screentip", "supertip", "imageMso"))


def test_every_button_on_a_sheet_names_a_sub_without_arguments() -> None:
    package = OpenedPackage(WITH_BUTTONS)
    macros = {
        sheet.name: [macro.text for macro in package.xml(part).iter("{*}FmlaMacro")]
        for sheet in package.sheets
        for part in package.related(sheet.part, "vmlDrawing")
    }
    assert macros == {
        "Scorecard": ["[0]!ScorecardRefresh"],
        "Counts": ["[0]!ScorecardRefresh"],
    }
    assert procedures_of(WITH_BUTTONS)["ScorecardButtons.ScorecardRefresh"] == ""


def test_a_button_is_not_printed_and_lies_on_empty_cells_that_stay_in_sight() -> None:
    package = OpenedPackage(WITH_BUTTONS)
    for sheet in package.sheets[:2]:
        (part,) = package.related(sheet.part, "vmlDrawing")
        (shape,) = package.xml(part).iter("{*}ClientData")
        assert shape.findtext("{*}PrintObject") == "False"
        left, _, top, _, right, _, bottom, _ = map(int, shape.findtext("{*}Anchor").split(","))
        frozen = next(sheet.root.iter("{*}pane")).get("ySplit")
        assert (top, bottom) == (0, 0)
        assert bottom < int(frozen)
        columns = [chr(ord("A") + column) for column in range(left, right + 1)]
        cells = {cell.get("r"): cell for cell in sheet.root.iter("{*}c")}
        held = [cells[f"{column}1"] for column in columns if f"{column}1" in cells]
        assert all(cell.find("{*}v") is None for cell in held)


def test_the_add_in_is_one() -> None:
    types = Package(ADDIN.read_bytes(), name="add-in").read("[Content_Types].xml")
    assert b"application/vnd.ms-excel.addin.macroEnabled.main+xml" in types


def test_writing_the_add_in_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write_addin(tmp_path / "one.xlam")
    write_addin(tmp_path / "two.xlam")
    assert (tmp_path / "one.xlam").read_bytes() == (tmp_path / "two.xlam").read_bytes()
