r"""What administrators let Excel do, by the registry's values of Office 2016 and later.

Each value is named as in Microsoft's administrative templates. A policy that is set in
another way, as by an Office cloud policy, is not seen here.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorecard_xl.doctor.machine import Registry
    from scorecard_xl.installing import Places

    Answer: TypeAlias = tuple[str, str]

_OFFICE = r"Software\Policies\Microsoft\office\16.0"
_EXCEL_POLICIES = (
    rf"HKCU\{_OFFICE}\excel\security",
    rf"HKLM\{_OFFICE}\excel\security",
)
_OFFICE_POLICIES = (
    rf"HKCU\{_OFFICE}\common\security",
    rf"HKLM\{_OFFICE}\common\security",
)
_EXCEL_OPTIONS = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"
_DEFENDER_KEYS = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
_DEFENDER_LIST = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
CHILD_PROCESS_RULE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
_APPLOCKER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\SrpV2\Exe"

_DESK = "send your IT desk the page of scorecard-xl addin it-desk"
_OUTSIDE = "use Scorecard from the Start menu, or scorecard-xl refresh"
_MOST_LOCATIONS = 21

_MACROS = {
    1: "all run",
    2: "run when they are allowed in the message bar",
    3: "run only if they are signed, or in a trusted folder",
    4: "do not run, except in a trusted folder",
}
_RULE_STATES = {
    "0": ("is off", ""),
    "1": ("stops Excel from starting Python", f"{_OUTSIDE}; {_DESK}"),
    "2": ("is on to watch only", ""),
    "5": ("is not set", ""),
    "6": ("warns when Excel starts Python; it can be allowed for a day", ""),
}


def _first(registry: Registry, keys: tuple[str, ...], name: str) -> object | None:
    values = (registry(key, name) for key in keys)
    return next((value for value in values if value is not None), None)


def _macros(registry: Registry, places: Places) -> Answer:
    """Which macros run: what a policy says, else what the user has chosen, else the default."""
    policy = _first(registry, _EXCEL_POLICIES, "vbawarnings")
    choice = registry(_EXCEL_OPTIONS, "VBAWarnings") if policy is None else policy
    level = choice if isinstance(choice, int) and choice in _MACROS else 2
    who = "by policy" if policy is not None else "by Excel's options"
    is_trusted = _is_without_trusted_folders(registry, places) is None
    remedy = "" if level < 3 or is_trusted else f"{_OUTSIDE}; {_DESK}"
    return f"{_MACROS[level]}, {who}", remedy


def _internet_macros(registry: Registry, _places: Places) -> Answer:
    value = _first(registry, _EXCEL_POLICIES, "blockcontentexecutionfrominternet")
    if value == 0:
        return "are not blocked by policy", ""
    return f"are blocked, {'by policy' if value is not None else 'by default'}", ""


def _signatures(registry: Registry, _places: Places) -> Answer:
    """Whether add-ins must be signed, even in a trusted folder."""
    always_on = _first(registry, _OFFICE_POLICIES, "requirealwaysonmacrosig")
    addins = _first(registry, (*_EXCEL_POLICIES, _EXCEL_OPTIONS), "requireaddinsig")
    if 1 in (always_on, addins):
        return "must be signed by a trusted publisher", f"have both add-ins signed: {_DESK}"
    return "need no signature", ""


def _trusted_folder(registry: Registry, places: Places) -> Answer:
    missing = _is_without_trusted_folders(registry, places)
    if missing is not None:
        return missing, f"{_OUTSIDE}; {_DESK}"
    for location in range(_MOST_LOCATIONS):
        for key in (*_EXCEL_POLICIES, _EXCEL_OPTIONS):
            value = registry(rf"{key}\Trusted Locations\Location{location}", "Path")
            if isinstance(value, str) and _is_folder(value, places):
                return f"{places.startup} is one, by Location{location}", ""
    return f"{places.startup} is one by Excel's default", ""


def _is_without_trusted_folders(registry: Registry, places: Places) -> str | None:
    """Why no folder, or none on a network drive, is trusted; None if they are."""
    keys = tuple(rf"{key}\Trusted Locations" for key in (*_EXCEL_POLICIES, _EXCEL_OPTIONS))
    if _first(registry, keys, "AllLocationsDisabled") == 1:
        return "are switched off"
    is_on_network = str(places.startup).startswith("\\\\")
    if is_on_network and _first(registry, keys, "AllowNetworkLocations") != 1:
        return f"{places.startup} lies on a network drive, where none is trusted"
    return None


def _is_folder(value: str, places: Places) -> bool:
    expanded = re.sub(r"%(\w+)%", lambda name: os.environ.get(name[1], name[0]), value)
    return _plain(expanded) == _plain(places.shown(places.startup))


def _plain(path: str) -> str:
    return path.replace("/", "\\").rstrip("\\").casefold()


def _child_processes(registry: Registry, _places: Places) -> Answer:
    """Whether Defender lets Excel start Python."""
    state = _rule_of_list(registry(_DEFENDER_LIST, "ASRRules"))
    for key in _DEFENDER_KEYS:
        value = registry(key, CHILD_PROCESS_RULE)
        state = state or (None if value is None else str(value))
    said, remedy = _RULE_STATES.get(state or "5", (f"has the state {state!r}", ""))
    return f"the rule {CHILD_PROCESS_RULE} {said}", remedy


def _rule_of_list(rules: object) -> str | None:
    """The rule's state in Intune's list, ``guid=state|guid=state``."""
    for rule in str(rules or "").split("|"):
        guid, _, state = rule.partition("=")
        if guid.strip(" {}").casefold() == CHILD_PROCESS_RULE:
            return state.strip()
    return None


def is_applocker_on(registry: Registry | None) -> bool:
    """Whether a group policy has AppLocker enforce its rules for programs."""
    return registry is not None and registry(_APPLOCKER, "EnforcementMode") == 1


POLICIES: Mapping[str, Callable[[Registry, Places], Answer]] = {
    "Macros": _macros,
    "Macros in files from the internet": _internet_macros,
    "Add-ins' signatures": _signatures,
    "Trusted folders": _trusted_folder,
    "Microsoft Defender": _child_processes,
}
