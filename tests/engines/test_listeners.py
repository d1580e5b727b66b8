"""Programs that listen are found by their pipes, and pipes that nobody listens at go."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from scorecard_xl.engines.listeners import listeners

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = f"OSL_PIPE_{os.getuid()}_scorecard_xl_office_lu1_tmp"


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipe's path, short enough for a socket."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / NAME


@pytest.fixture
def listening(pipe: Path) -> Iterator[socket.socket]:
    """A program that listens at the pipe."""
    with socket.socket(socket.AF_UNIX) as program:
        program.bind(pipe.name)
        program.listen()
        yield program


def test_a_pipe_that_is_listened_at_is_told(listening: socket.socket, pipe: Path) -> None:
    assert "scorecard_xl_office_lu1_tmp" in listeners(["."])
    assert pipe.exists()


def test_a_pipe_that_a_killed_program_left_is_removed(listening: socket.socket, pipe: Path) -> None:
    listening.close()
    assert pipe.is_socket()
    assert "scorecard_xl_office_lu1_tmp" not in listeners(["."])
    assert not pipe.exists()


@pytest.mark.parametrize("name", [NAME, "OSL_PIPE_0_SingleOfficeIPC_1"])
def test_what_is_no_pipe_of_a_button_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("a file")
    list(listeners([str(tmp_path)]))
    assert (tmp_path / name).exists()


def test_a_pipe_of_another_user_stays(
    listening: socket.socket, pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening.close()
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    assert "scorecard_xl_office_lu1_tmp" not in listeners(["."])
    assert pipe.exists()
