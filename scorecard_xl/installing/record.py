"""What an installation wrote and what was there before it, kept so that it can be undone."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path
from typing import Any

from scorecard_xl.exceptions import FileError
from scorecard_xl.installing.settings_file import SetLine


@dataclasses.dataclass(frozen=True, kw_only=True)
class Record:
    """The files that were written, by the hashes of all that was written there; lines; folders.

    `made` lists folders and the settings file where they had not been there.
    """

    files: dict[Path, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    lines: dict[str, SetLine] = dataclasses.field(default_factory=dict)
    made: tuple[Path, ...] = ()

    def wrote(self, path: Path, content: bytes) -> bool:
        """Whether a file's content is what an installation put there."""
        return sha256_of(content) in self.files.get(path, ())

    def with_file(self, path: Path, content: bytes) -> Record:
        """Remember that a file is written."""
        hashes = dict.fromkeys([*self.files.get(path, ()), sha256_of(content)])
        return dataclasses.replace(self, files={**self.files, path: tuple(hashes)})

    def with_made(self, *paths: Path) -> Record:
        """Remember what had not been there."""
        return dataclasses.replace(self, made=tuple(dict.fromkeys([*self.made, *paths])))

    def to_bytes(self) -> bytes:
        """The record as JSON."""
        return json.dumps(
            {
                "files": {str(path): hashes for path, hashes in self.files.items()},
                "lines": {name: _record_of(line) for name, line in self.lines.items()},
                "made": [str(path) for path in self.made],
            },
            indent=2,
        ).encode()


def sha256_of(content: bytes) -> str:
    """A content's SHA-256, as IT desks compare it."""
    return hashlib.sha256(content).hexdigest()


def read_record(path: Path) -> Record | None:
    """Read what was installed; None where nothing is known of an installation.

    Raises
    ------
    FileError
        The record cannot be read, or is damaged.
    """
    try:
        record = json.loads(path.read_bytes())
        return Record(
            files={Path(file): tuple(hashes) for file, hashes in record["files"].items()},
            lines={name: _line_of(line) for name, line in record["lines"].items()},
            made=tuple(Path(made) for made in record["made"]),
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}; ask for the right to read it."
        raise FileError(message) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = (
            f"{path}, which tells what was installed, is damaged; delete it, and the add-ins "
            "in Excel's startup folder, then install again."
        )
        raise FileError(message) from error


# Latin-1 holds every byte, whatever code page the lines are written in.
def _record_of(line: SetLine) -> dict[str, Any]:
    return {"wrote": line.wrote.decode("latin-1"), "before": line.before.decode("latin-1")}


def _line_of(record: dict[str, Any]) -> SetLine:
    return SetLine(
        wrote=record["wrote"].encode("latin-1"), before=record["before"].encode("latin-1")
    )
