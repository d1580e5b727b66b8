"""Our own check of a workbook's VBA project: what Excel would refuse, or lose without a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.judges.opened_package import MAIN, OpenedPackage, repeated
from tests.judges.vba_project import (
    CODE_PAGE,
    DOCUMENT,
    KNOWN_RECORDS,
    MODULES,
    PROCEDURAL,
    PROJECT_PART,
    TERMINATOR,
    read_vba_project,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.judges.vba_project import Module, VbaProject

_NOTHING_COMPILED = bytes.fromhex("cc61ffff000000")
_REQUIRED_LINES = ("ID=", "Name=", "HelpContextID=", "CMG=", "DPB=", "GC=", "[Host Extender Info]")
_WORKBOOK_BASE, _SHEET_BASE = "0{00020819-", "0{00020820-"
_ENCRYPTED = re.compile(r'(CMG|DPB|GC)="([0-9A-F]+)"')


def problems_of_vba(path: Path) -> list[str]:
    """Say everything that is wrong with the VBA project of an .xlsm or .xlam."""
    project = read_vba_project(path)
    problems = [
        f"project: stream {name} is missing"
        for name in ("PROJECT", "VBA/_VBA_PROJECT", "VBA/dir")
        if name not in project.streams
    ]
    if problems:
        return problems
    problems += _problems_of_compiled_code(project)
    problems += _problems_of_records(project)
    problems += _problems_of_streams(project)
    for module in project.modules:
        problems += _problems_of_module(module)
    problems += _problems_of_project_text(project)
    problems += _problems_of_encrypted_lines(project)
    problems += _problems_of_name_map(project)
    problems += _problems_of_code_names(project, OpenedPackage(path))
    return problems


def _problems_of_compiled_code(project: VbaProject) -> Iterator[str]:
    """Compiled code that does not fit the text is run in its stead, so there is to be none."""
    if project.streams["VBA/_VBA_PROJECT"] != _NOTHING_COMPILED:
        yield "_VBA_PROJECT: is not that of a project without compiled code"
    for name in project.streams:
        if "__SRP_" in name:
            yield f"{name}: is a cache of compiled code"
    for module in project.modules:
        if module.text_offset:
            yield f"{module.name}: compiled code stands before its text"


def _problems_of_records(project: VbaProject) -> Iterator[str]:
    kinds = [kind for kind, _ in project.records]
    for kind in kinds:
        if kind not in KNOWN_RECORDS:
            yield f"dir: record {kind:#x} is unknown"
    if not kinds or kinds[-1] != TERMINATOR:
        yield "dir: has no end"
    if project.trailing:
        yield f"dir: {len(project.trailing)} bytes stand behind its end"
    if int.from_bytes(project.record(MODULES), "little") != len(project.modules):
        yield "dir: counts other modules than it lists"
    if int.from_bytes(project.record(CODE_PAGE), "little") != 1252:
        yield "dir: the code page is not 1252"


def _problems_of_streams(project: VbaProject) -> Iterator[str]:
    listed = {f"VBA/{module.stream}" for module in project.modules}
    held = {name for name in project.streams if name.startswith("VBA/")}
    held -= {"VBA/_VBA_PROJECT", "VBA/dir"}
    for name in sorted(listed - held):
        yield f"{name}: is listed, but not there"
    for name in sorted(held - listed):
        yield f"{name}: no module is listed for it"
    for name in repeated([module.name.casefold() for module in project.modules]):
        yield f"dir: two modules are named {name}"


def _problems_of_module(module: Module) -> Iterator[str]:
    if module.name != module.unicode_name or module.stream != module.unicode_stream:
        yield f"{module.name}: its Unicode names are others"
    if module.kind not in (PROCEDURAL, DOCUMENT):
        yield f"{module.name}: is of no kind"
    if not module.text.startswith(f'Attribute VB_Name = "{module.name}"\r\n'):
        yield f"{module.name}: its text does not begin with its name"
    if "\n" in module.text.replace("\r\n", ""):
        yield f"{module.name}: a line does not end as Windows ends lines"
    if module.kind == DOCUMENT and 'Attribute VB_Base = "0{000208' not in module.text:
        yield f"{module.name}: is a document without a base"
    if module.kind == PROCEDURAL and "\r\nOption Explicit\r\n" not in module.text:
        yield f"{module.name}: lacks Option Explicit"


def _problems_of_project_text(project: VbaProject) -> Iterator[str]:
    """Compare the stream PROJECT with the modules of the dir stream."""
    if "\n" in "".join(project.lines):
        yield "PROJECT: a line does not end as Windows ends lines"
    for start in _REQUIRED_LINES:
        if sum(line.startswith(start) for line in project.lines) != 1:
            yield f"PROJECT: {start} is not there once"
    wanted = [
        f"Module={module.name}"
        if module.kind == PROCEDURAL
        else f"Document={module.name}/&H00000000"
        for module in project.modules
    ]
    said = [line for line in project.lines if line.startswith(("Module=", "Document=", "Class="))]
    for line in sorted(set(wanted) ^ set(said)):
        yield f"PROJECT: {line!r} is " + ("missing" if line in wanted else "of no module")
    for line in repeated(said):
        yield f"PROJECT: {line!r} is there twice"


def _problems_of_encrypted_lines(project: VbaProject) -> Iterator[str]:
    """The three lines on protection are encrypted with a key made from the project's id."""
    text = "\n".join(project.lines)
    identity = re.search(r'ID="(\{[0-9A-F-]{36}\})"', text)
    if identity is None:
        yield "PROJECT: its id is no GUID"
        return
    key = sum(identity[1].encode("ascii")) % 256
    sizes = {"CMG": 4, "DPB": 1, "GC": 1}
    for name, encrypted in _ENCRYPTED.findall(text):
        found = _decrypted(bytes.fromhex(encrypted), key)
        if found is None or len(found) != sizes[name]:
            yield f"PROJECT: {name} does not fit the project's id"


def _decrypted(content: bytes, key: int) -> bytes | None:
    """Undo [MS-OVBA] 2.4.3.2; None where the key is another, or the length is wrong."""
    seed, version, project_key = content[0], content[0] ^ content[1], content[0] ^ content[2]
    if version != 2 or project_key != key:
        return None
    plain, newest, older = project_key, content[2], content[1]
    values = bytearray()
    for byte in content[3:]:
        plain = byte ^ ((older + plain) & 0xFF)
        newest, older = byte, newest
        values.append(plain)
    values = values[(seed & 6) // 2 :]
    length = int.from_bytes(values[:4], "little")
    return bytes(values[4:]) if length == len(values) - 4 else None


def _problems_of_name_map(project: VbaProject) -> Iterator[str]:
    """The stream PROJECTwm pairs each module's name with its Unicode form."""
    expected = b"".join(
        module.name.encode("cp1252") + b"\0" + module.name.encode("utf-16-le") + b"\0\0"
        for module in project.modules
    )
    found = project.streams.get("PROJECTwm")
    if found is not None and found != expected + b"\0\0":
        yield "PROJECTwm: pairs other names than the modules'"


def _problems_of_code_names(project: VbaProject, package: OpenedPackage) -> Iterator[str]:
    """Excel makes a new, empty module for a sheet whose code name no module has."""
    if PROJECT_PART not in package.related(package.workbook_part, "vbaProject"):
        yield "workbook: nothing leads to the project"
    properties = package.xml(package.workbook_part).find(f"{MAIN}workbookPr")
    workbook_name = "" if properties is None else properties.get("codeName", "")
    sheets = [sheet.root.find(f"{MAIN}sheetPr") for sheet in package.sheets]
    sheet_names = ["" if sheet is None else sheet.get("codeName", "") for sheet in sheets]
    bases = {
        module.name: _WORKBOOK_BASE if _WORKBOOK_BASE in module.text else _SHEET_BASE
        for module in project.modules
        if module.kind == DOCUMENT
    }
    wanted = {workbook_name: _WORKBOOK_BASE} | dict.fromkeys(sheet_names, _SHEET_BASE)
    for name in repeated(sheet_names):
        yield f"workbook: two sheets have the code name {name!r}"
    for name in sorted(set(wanted) | set(bases)):
        if wanted.get(name) != bases.get(name):
            yield f"workbook: code name {name!r} does not fit the modules"
