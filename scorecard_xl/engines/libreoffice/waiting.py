"""A Python that was started ahead of a press, and waits in LibreOffice for one."""

from __future__ import annotations

import contextlib
import queue
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.libreoffice.installation import uno_module

if TYPE_CHECKING:
    from scorecard_xl.engines.libreoffice.office import Office

_MACRO = "vnd.sun.star.script:scorecard_xl.Scorecard.{}?language=Basic&location=application"


def next_request(office: Office) -> str:
    """Wait until a macro hands over what to do; nothing, when LibreOffice lets go or has ended.

    Raises
    ------
    uno.Exception
        The macros that hand over are not installed in this LibreOffice.
    """
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    _call(office, "TakeWaiting", _Waiting(requests))
    return requests.get()


def ask_for_successor(office: Office) -> None:
    """Have the macros start the Python that waits for the next press."""
    with contextlib.suppress(uno_module().getClass("com.sun.star.uno.Exception")):
        _call(office, "Prepare")


def let_go(office: Office) -> None:
    """Have the macros, if there are any, end the Python that waits, and listen no longer."""
    with contextlib.suppress(uno_module().getClass("com.sun.star.uno.Exception")):
        _call(office, "WhenClosing")


def _call(office: Office, macro: str, *arguments: object) -> None:
    factory = office.service("com.sun.star.script.provider.MasterScriptProviderFactory")
    script = factory.createScriptProvider("").getScript(_MACRO.format(macro))
    script.invoke(arguments, (), ())


class _Waiting:
    """What LibreOffice holds while a Python waits; it is held by nobody else."""

    def __init__(self, requests: queue.SimpleQueue[str]) -> None:
        self._requests = requests

    def __del__(self) -> None:
        self._requests.put("")

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802 - the bridge asks for it by this name
        interfaces = "com.sun.star.task.XJobExecutor", "com.sun.star.lang.XTypeProvider"
        return tuple(map(uno_module().getTypeByName, interfaces))

    def getImplementationId(self) -> Any:  # noqa: N802
        return uno_module().ByteSequence(b"")

    def trigger(self, request: str) -> None:
        self._requests.put(request)
