"""A way to a LibreOffice that cuts the first connections while they are being made."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def cutting(first: int, pipe: Path) -> Iterator[str]:
    """Listen at an address that leads to LibreOffice's pipe, once `first` connections are cut."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_serve, args=(server, first, pipe), daemon=True).start()
        yield f"socket,host=127.0.0.1,port={server.getsockname()[1]}"


def _serve(server: socket.socket, first: int, pipe: Path) -> None:
    # The server's closing ends it.
    with contextlib.suppress(OSError):
        for _ in range(first):
            cut, _ = server.accept()
            cut.recv(1)
            cut.close()
        while True:
            here, _ = server.accept()
            there = socket.socket(socket.AF_UNIX)
            there.connect(str(pipe))
            for ends in ((here, there), (there, here)):
                threading.Thread(target=_carry, args=ends, daemon=True).start()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
