"""The vendor's engines for Windows, the Mac and the web have every member that is used of them."""

from __future__ import annotations

import ast
import functools
import inspect
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

import pytest
import xlwings as xw

from scorecard_xl.engines import xlwings_book

if TYPE_CHECKING:
    from collections.abc import Iterator

VENDOR = Path(xw.__file__).parent
SOURCES = {
    "Windows": VENDOR / "_xlwindows.py",
    "Mac": VENDOR / "_xlmac.py",
    "web": VENDOR / "pro" / "_xlremote.py",
}
# `=` marks that a property is set.
EVERYWHERE = (
    "Engine.name", "Engine.type", "App.engine", "App.books", "App.calculation", "App.calculation=",
    "App.screen_updating=", "App.alert", "Book.name", "Book.fullname", "Book.app",
    "Book.sheets", "Book.names",
    "Book.save", "Sheets.__iter__", "Sheet.name", "Sheet.book", "Sheet.range", "Sheet.tables",
    "Sheet.page_setup", "PageSetup.print_area", "PageSetup.print_area=", "Names.__call__",
    "Names.__len__", "Names.add", "Name.name", "Name.refers_to", "Name.refers_to=",
    "Tables.__iter__", "Table.name", "Table.range", "Table.data_body_range", "Table.show_totals",
    "Table.resize", "Range.sheet", "Range.address", "Range.raw_value", "Range.formula=",
    "Range.number_format=", "Range.row_height=", "Range.merge", "Range.unmerge",
    "Range.clear_contents", "Range.clear_formats", "Range.autofit", "Range.conditional_formats",
    "ConditionalFormats.add_cell_value", "ConditionalFormats.add_custom",
    "ConditionalFormats.clear",
)  # fmt: skip
# Asked only of a program on the desktop: the web does not answer a script, or has it otherwise.
ON_THE_DESKTOP = (
    "App.screen_updating", "App.enable_events", "App.enable_events=", "App.cut_copy_mode=",
    "App.status_bar=", "App.calculate",
    "Books.active", "Books.__iter__", "Range.formula", "Range.column_width", "Range.width",
    "Range.row_height", "Range.merge_cells", "Range.copy", "Range.paste",
    "ConditionalFormats.__len__",
    "ConditionalFormats.__iter__", "ConditionalFormat.type", "ConditionalFormat.operator",
    "ConditionalFormat.formula1", "ConditionalFormat.formula", "ConditionalFormat.fill_color",
    "ConditionalFormat.font_color", "ConditionalFormat.font_bold", "ConditionalFormat.font_italic",
    "ConditionalFormat.delete", "ConditionalFormat.formula2", "ConditionalFormat.stop_if_true",
    "App.hwnd",
)  # fmt: skip
ON_THE_WEB = ("Range.copy_from",)
# Public members of xlwings' own, which come down to those above, and words that we use, too.
OF_XLWINGS = {"caller", "options", "value", "rows", "apps", "engines", "main", "XlwingsError"}
OF_OURS = {"clear", "close", "index", "items", "sheet_names", "top", "left", "width", "height",
           "column", "save_copy", "cells", "table", "areas", "define", "activate",
           "path"}  # fmt: skip
CLASSES = ("Engine", "App", "Books", "Book", "Sheets", "Sheet", "PageSetup", "Names", "Name",
           "Tables", "Table", "Range", "ConditionalFormats", "ConditionalFormat")  # fmt: skip


class Implementations:
    """The members of a source's classes, with what they inherit from the vendor's base classes."""

    def __init__(self, source: Path) -> None:
        self._classes = {
            node.name: node
            for node in ast.parse(source.read_text(encoding="utf-8")).body
            if isinstance(node, ast.ClassDef)
        }

    def has(self, member: str) -> bool:
        """Whether a member is there and does something."""
        name, _, wanted = member.partition(".")
        found = list(self._members(name, wanted.rstrip("=")))
        return any(_is_setter(each) is wanted.endswith("=") and _does(each) for each in found)

    def _members(self, class_name: str, member: str) -> Iterator[ast.stmt]:
        node = self._classes.get(class_name)
        if node is None:
            return
        given = [each for part in node.body if _is_beginning(part) for each in part.body]
        own = [each for each in (*node.body, *given) if member in _names_of(each)]
        yield from own
        for base in node.bases if not own else ():
            if isinstance(base, ast.Name):
                yield from self._members(base.id, member)


@functools.cache
def implementations(program: str) -> Implementations:
    return Implementations(SOURCES[program])


def _names_of(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    return names + [target.attr for target in targets if isinstance(target, ast.Attribute)]


def _is_beginning(statement: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    """Whether a statement is the method that gives an object its first attributes."""
    return isinstance(statement, ast.FunctionDef) and statement.name == "__init__"


def _is_setter(statement: ast.stmt) -> bool:
    decorators = statement.decorator_list if isinstance(statement, ast.FunctionDef) else []
    return any(isinstance(each, ast.Attribute) and each.attr == "setter" for each in decorators)


def _does(statement: ast.stmt) -> bool:
    """Whether a member does anything but refuse."""
    if isinstance(statement, ast.Assign):
        return "_unsupported" not in ast.unparse(statement)
    assert isinstance(statement, ast.FunctionDef)
    body = [each for each in statement.body if not isinstance(each, ast.Expr)]
    first = body[0] if body else None
    return not (isinstance(first, ast.Raise) and "NotImplementedError" in ast.unparse(first))


@pytest.mark.parametrize(
    ("programs", "members"),
    [
        pytest.param(("Windows", "Mac", "web"), EVERYWHERE, id="used everywhere"),
        pytest.param(("Windows", "Mac"), ON_THE_DESKTOP, id="used on the desktop"),
        pytest.param(("web",), ON_THE_WEB, id="used on the web"),
    ],
)
def test_the_vendors_engines_have_what_is_used(
    programs: tuple[str, ...], members: tuple[str, ...]
) -> None:
    lacking = [
        (program, member)
        for program in programs
        for member in members
        if not implementations(program).has(member)
    ]
    assert lacking == []


def test_the_web_lacks_what_it_is_said_to_lack() -> None:
    web = implementations("web")
    lacking = {
        "Range.formula", "Range.row_height", "Range.column_width", "Range.merge_cells",
        "App.screen_updating",
    }  # fmt: skip
    assert {member for member in lacking if web.has(member)} == set()


def test_no_other_member_of_xlwings_is_used() -> None:
    public = {
        name
        for each in CLASSES
        for name, _ in inspect.getmembers(getattr(xw.main, each))
        if not name.startswith("_")
    }
    known = (*EVERYWHERE, *ON_THE_DESKTOP, *ON_THE_WEB)
    listed = {member.partition(".")[2].rstrip("=") for member in known}
    assert (used_members() & public) - listed - OF_XLWINGS - OF_OURS == set()


def test_only_the_probes_touch_the_programs_own_objects() -> None:
    folder = Path(xlwings_book.__file__).parent
    using = {path.stem for path in folder.glob("*.py") if "api" in attributes_in(path)}
    assert using == {"probes"}


def used_members() -> set[str]:
    folder = Path(xlwings_book.__file__).parent
    paths = [path for path in folder.glob("*.py") if path.stem != "probes"]
    return set().union(*map(attributes_in, paths))


def attributes_in(path: Path) -> set[str]:
    """The attributes that a module asks for."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}
