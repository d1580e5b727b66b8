"""``install`` and ``remove``: what is put in place, and taken away without a trace."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.lock_files import is_there
from scorecard_xl.engines.file.saving import save_new
from scorecard_xl.exceptions import EngineError, FileError, RefusedError
from scorecard_xl.installing.addin_version import version_of_addin
from scorecard_xl.installing.places import Platform
from scorecard_xl.installing.record import Record, read_record
from scorecard_xl.installing.settings_file import settings_of, with_lines, without_lines
from scorecard_xl.installing.sources import files_for
from scorecard_xl.installing.start_entry import command_file, shortcut_to, write_shortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scorecard_xl.installing.places import Places
    from scorecard_xl.installing.start_entry import Shortcut


def install(
    places: Places,
    *,
    interpreter: Path,
    shortcut_writer: Callable[[Path, Shortcut], None] = write_shortcut,
) -> list[str]:
    """Put the add-ins, two settings of xlwings and the start entry in place.

    Doing it again changes only what has changed. `shortcut_writer` writes the Start
    menu's shortcut; only Windows can.

    Returns
    -------
    What was done, a sentence each.

    Raises
    ------
    RefusedError
        Something of somebody else's is in the way; nothing was changed.
    FileError
        A file cannot be written, for example because Excel has it open.
    """
    known = read_record(places.record) or Record()
    planned, told = _planned_files(places, interpreter, known)
    settings, record = _planned_settings(places, interpreter, known)
    record = _with_folders(places, record)
    for path, content in planned.items():
        record = record.with_file(path, content)
    # Written first, so that what is cut short can be removed, too.
    _write(places.record, record.to_bytes())
    for path, content in planned.items():
        _write(path, content)
        told.append(f"{path} is installed.")
    _write(places.settings, settings)
    told.append(f"{places.settings} has xlwings start {interpreter}, and nothing beside workbooks.")
    return [*told, _start_entry_made(places, record, interpreter, shortcut_writer)]


def _planned_files(
    places: Places, interpreter: Path, known: Record
) -> tuple[dict[Path, bytes], list[str]]:
    """The files to be written, and a sentence for each that is left as it is there."""
    planned: dict[Path, bytes] = {}
    told = []
    for path, source in files_for(places).items():
        content = source.read_bytes()
        left = _why_left(path, content, known)
        if left is None:
            planned[path] = content
        else:
            told.append(left)
    if places.platform is Platform.MAC and _is_ours_to_write(places.start_entry, known):
        planned[places.start_entry] = command_file(interpreter)
    return planned, told


def _why_left(path: Path, content: bytes, known: Record) -> str | None:
    """Why a file is left as it is there, None if it is to be written; refuses another version."""
    if not is_there(path):
        return None
    there = _read(path)
    if there == content:
        return f"{path} is there already."
    if known.wrote(path, there):
        return None
    ours, theirs = (version_of_addin(data, name=path.name) for data in (content, there))
    if ours is not None and ours == theirs:
        return f"{path} is version {ours} with other bytes, as a signed one has; it was left."
    what = f"version {theirs}" if theirs else "a file of another kind"
    message = (
        f"{path}: {what} is there, not put there by this installation, which brings version "
        f"{ours or 'of its own'}; move it away, or install the version that it is of."
    )
    raise RefusedError(message)


def _is_ours_to_write(path: Path, known: Record) -> bool:
    return not is_there(path) or known.wrote(path, _read(path))


def _planned_settings(places: Places, interpreter: Path, known: Record) -> tuple[bytes, Record]:
    """The settings file as it will be, and the record with the lines that it replaces."""
    wanted = settings_of(places.interpreter_key, interpreter)
    was_there = is_there(places.settings)
    before = _read(places.settings) if was_there else b""
    newline = b"\r\n" if places.platform is Platform.WINDOWS else b"\n"
    content, lines = with_lines(before, wanted, known.lines, newline=newline)
    record = dataclasses.replace(known, lines=lines)
    return content, record if was_there else record.with_made(places.settings)


def _with_folders(places: Places, record: Record) -> Record:
    """Remember which folders will be made, the innermost first."""
    paths = [places.settings, places.start_entry, places.record, *files_for(places)]
    for path in paths:
        missing = [folder for folder in path.parents if not is_there(folder)]
        record = record.with_made(*missing)
    return record


def _start_entry_made(
    places: Places,
    record: Record,
    interpreter: Path,
    shortcut_writer: Callable[[Path, Shortcut], None],
) -> str:
    path = places.start_entry
    if places.platform is Platform.MAC:
        if not record.wrote(path, _read(path)):
            return f"{path} is not ours, and was left."
        path.chmod(0o755)
        return f"{path} can be opened."
    if not _is_ours_to_write(path, record):
        return f"{path} is not ours, and was left."
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shortcut_writer(path, shortcut_to(interpreter))
    except EngineError as error:
        return str(error)
    _write(places.record, record.with_file(path, _read(path)).to_bytes())
    return f"{path} is in the Start menu."


def remove(places: Places) -> list[str]:
    """Take away what was installed, and put xlwings' settings back as they were.

    Files that were not put there by `install`, and those changed since, stay.

    Returns
    -------
    What was done, a sentence each.

    Raises
    ------
    FileError
        A file cannot be removed, for example because Excel has it open.
    """
    record = read_record(places.record)
    if record is None:
        return ["Nothing is known to be installed; nothing was changed."]
    told = [_removed(path, record) for path in record.files if is_there(path)]
    told += _settings_put_back(places, record)
    with _told(places.record, "removed"):
        places.record.unlink()
    for folder in sorted(record.made, key=lambda made: len(made.parts), reverse=True):
        # One that others have put something into stays.
        with contextlib.suppress(OSError):
            folder.rmdir()
    return told


def _removed(path: Path, record: Record) -> str:
    if not record.wrote(path, _read(path)):
        return f"{path} has changed since it was installed, and was left."
    with _told(path, "removed"):
        path.unlink()
    return f"{path} is removed."


def _settings_put_back(places: Places, record: Record) -> list[str]:
    path = places.settings
    if not is_there(path):
        return []
    before = _read(path)
    content, changed = without_lines(before, record.lines)
    told = [f"{path}: {name} has changed since, and was left." for name in changed]
    if not content and path in record.made:
        with _told(path, "removed"):
            path.unlink()
        return [*told, f"{path} is removed."]
    if content != before:
        _write(path, content)
        told.append(f"{path} is as it was before.")
    return told


def _read(path: Path) -> bytes:
    with _told(path, "read"):
        return path.read_bytes()


def _write(path: Path, content: bytes) -> None:
    """Write a file all or nothing, if its content is another."""
    with _told(path, "written"):
        if is_there(path) and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        save_new(path, content, overwrite=True)
    except FileError as error:
        if isinstance(error.__cause__, PermissionError):
            raise _denied(path, "written") from error
        raise


@contextlib.contextmanager
def _told(path: Path, action: str) -> Iterator[None]:
    """Turn what the operating system says into a sentence."""
    try:
        yield
    except PermissionError as error:
        raise _denied(path, action) from error
    except OSError as error:
        message = f"{path} cannot be {action}: {error.strerror}; ask your IT desk."
        raise FileError(message) from error


def _denied(path: Path, action: str) -> FileError:
    return FileError(
        f"{path} cannot be {action}: Excel has it open, or you may not change its folder; quit "
        "Excel and try again, or ask your IT desk."
    )
