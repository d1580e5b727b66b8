"""Runs what is named, in a Python that ends with 97 when a connection is tried or looked up."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

NETWORK = {
    "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyaddr",
    "socket.gethostbyname", "socket.getnameinfo", "socket.sendmsg", "socket.sendto",
}  # fmt: skip


def end_on_network(event: str, _: object) -> None:
    if event in NETWORK:
        os._exit(97)


def main(action: str, *arguments: str) -> None:
    from scorecard_xl.cli import main as run_command
    from scorecard_xl.installing import Platform, remove
    from tests.installing.users import installed, user_of

    if action == "connect":
        socket.socket().connect(("127.0.0.1", 9))
    elif action == "look_up":
        socket.getaddrinfo("example.org", 443)
    elif action == "command":
        sys.argv[1:] = arguments
        run_command()
    elif action == "install":
        installed(user_of(Platform.MAC, Path(arguments[0])))
    elif action == "remove":
        remove(user_of(Platform.MAC, Path(arguments[0])))


if __name__ == "__main__":
    sys.addaudithook(end_on_network)
    main(*sys.argv[1:])
