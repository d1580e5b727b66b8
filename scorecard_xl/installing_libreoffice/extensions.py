"""The extensions of a user's LibreOffice, as far as this package's own is concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.libreoffice.installation import uno_module
from scorecard_xl.engines.libreoffice.office import url_of
from scorecard_xl.engines.libreoffice.waiting import let_go
from scorecard_xl.installing_libreoffice.extension import IDENTIFIER

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.engines.libreoffice.office import Office

FILE_NAME = "scorecard_xl.oxt"
_FOR_THE_USER = "user"


def add_extension(office: Office, file: Path) -> None:
    """Put an extension in; one of the same name gives way, and what it has started ends."""
    let_go(office)
    manager = _manager(office)
    abort = manager.createAbortChannel()
    manager.addExtension(url_of(file), (), _FOR_THE_USER, abort, _Approving())


def has_extension(office: Office) -> bool:
    """Whether the extension is among the user's."""
    deployed = _manager(office).getDeployedExtensions(_FOR_THE_USER, None, None)
    return any(package.Identifier.Value == IDENTIFIER for package in deployed)


def remove_extension(office: Office) -> bool:
    """Take the extension out, and end what it has started; False where it is not there."""
    if not has_extension(office):
        return False
    let_go(office)
    manager = _manager(office)
    abort = manager.createAbortChannel()
    manager.removeExtension(IDENTIFIER, FILE_NAME, _FOR_THE_USER, abort, _Approving())
    return True


def _manager(office: Office) -> Any:
    return office.context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")


class _Approving:
    """Answers what LibreOffice asks while it installs: whoever typed the command approves."""

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802 - the bridge asks for it by this name
        """Tell the bridge what this can do."""
        names = ("com.sun.star.ucb.XCommandEnvironment", "com.sun.star.task.XInteractionHandler")
        return tuple(uno_module().getTypeByName(name) for name in names)

    def getImplementationId(self) -> bytes:  # noqa: N802
        """Give no identifier, as is usual now."""
        return b""

    def getInteractionHandler(self) -> _Approving:  # noqa: N802
        """Answer for itself."""
        return self

    def getProgressHandler(self) -> None:  # noqa: N802
        """Have no progress told."""

    def handle(self, request: Any) -> None:
        """Choose what approves."""
        approval = uno_module().getTypeByName("com.sun.star.task.XInteractionApprove")
        for choice in request.getContinuations():
            if choice.queryInterface(approval) is not None:
                choice.select()
                return
