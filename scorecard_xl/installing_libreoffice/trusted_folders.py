"""The folders whose macros a user's LibreOffice runs, as far as this package added them."""

from __future__ import annotations

import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.libreoffice.installation import uno_module
from scorecard_xl.exceptions import FileError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard_xl.engines.libreoffice.office import Office

_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_LIST = "scorecard_xl_trusted_folders.txt"


def trust_folders(folders: Sequence[Path], *, office: Office, profile: Path) -> None:
    """Add folders to those that LibreOffice trusts; macro security stays as it is.

    Raises
    ------
    FileError
        A folder is not there.
    """
    for folder in folders:
        if not folder.is_dir():
            message = f"The folder {folder} was not found; check its name, or make it first."
            raise FileError(message)
    settings = _settings(office)
    before = list(settings.getByName("SecureURL"))
    added = [url for url in map(_url_of, folders) if url not in before]
    _set(settings, [*before, *added])
    urls = dict.fromkeys([*_listed(profile), *added])
    _file(profile).write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")


def forget_folders(*, office: Office, profile: Path) -> list[Path]:
    """Take the folders that were added out again; give them."""
    listed = _listed(profile)
    if listed:
        settings = _settings(office)
        _set(settings, [url for url in settings.getByName("SecureURL") if url not in listed])
        _file(profile).unlink()
    return [_path_of(url) for url in listed]


def trusted_folders(profile: Path) -> list[Path]:
    """The folders that were added."""
    return [_path_of(url) for url in _listed(profile)]


def _file(profile: Path) -> Path:
    return profile / "user" / _LIST


def _listed(profile: Path) -> list[str]:
    try:
        return _file(profile).read_text(encoding="utf-8").split()
    except OSError:
        return []


def _url_of(folder: Path) -> str:
    return str(uno_module().systemPathToFileUrl(str(folder.resolve())))


def _path_of(url: str) -> Path:
    return Path(urllib.request.url2pathname(urllib.parse.urlsplit(url).path))


def _settings(office: Office) -> Any:
    provider = office.service("com.sun.star.configuration.ConfigurationProvider")
    node = uno_module().createUnoStruct("com.sun.star.beans.NamedValue")
    node.Name, node.Value = "nodepath", _SECURITY
    service = "com.sun.star.configuration.ConfigurationUpdateAccess"
    return provider.createInstanceWithArguments(service, (node,))


def _set(settings: Any, urls: list[str]) -> None:
    uno = uno_module()
    uno.invoke(settings, "replaceByName", ("SecureURL", uno.Any("[]string", tuple(urls))))
    settings.commitChanges()
