"""The texts of a scorecard as formulas: title, period, tallies, headings, summary, footnote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.rules import Compare
from scorecard_xl.rules.footnote import ROUNDING_NOTE
from scorecard_xl.workbook.engine import column_letters, quoted
from scorecard_xl.workbook.setting_names import PREFIX, british_date

if TYPE_CHECKING:
    from scorecard_xl.rules import Settings
    from scorecard_xl.workbook.template import Template

_GAP = "   |   "
_LETTERS = {"green": "G", "amber": "A", "red": "R"}
_ARROWS = {"improved": "↑", "same": "→", "worsened": "↓"}
_REFERENCES = ("previous", "outturn")
TALLIED_COLUMNS = ("rag", "dot_previous", "dot_outturn")


def _setting(name: str) -> str:
    return PREFIX + name


def tally_names(template: Template, *, top: int, bottom: int) -> dict[str, str]:
    """Give the names that count the letters and arrows of the body, and their formulas."""
    if any(role not in template.columns for role in TALLIED_COLUMNS):
        return {}
    names = {}
    counted = {f"tally_{colour}": ("rag", letter) for colour, letter in _LETTERS.items()}
    for reference in _REFERENCES:
        for travel, arrow in _ARROWS.items():
            counted[f"tally_{travel}_{reference}"] = (f"dot_{reference}", arrow)
    for name, (role, shown) in counted.items():
        letters = column_letters(template.columns[role])
        column = f"{quoted(template.sheet)}!${letters}${top}:${letters}${bottom}"
        names[name] = f'=COUNTIF({column},"{shown}")'
    return names


def text_formulas(
    template: Template, settings: Settings, *, extracted: str | None, notes: str
) -> dict[str, str]:
    """Give the formula of each text; those that count are left out where a counted column is.

    `extracted` is the Counts column that says when data was extracted, as formulas refer to it;
    `notes` end the footnote.
    """
    formulas = {
        "title": f"={_setting('title')}",
        "period": _period(extracted),
        "target_heading": f'="Target for "&{_setting("target_label")}',
        "outturn_heading": f'="Outturn ("&{_setting("outturn_label")}&") Result"',
        "footnote": _footnote(settings, notes),
    }
    if all(role in template.columns for role in TALLIED_COLUMNS):
        formulas |= {"tallies": _tallies(), "summary": _summary()}
    # Two texts side by side are one.
    return {name: formula.replace('"&"', "") for name, formula in formulas.items()}


def _period(extracted: str | None) -> str:
    """The line of `period_line`: parts without a value are left out."""
    version, status = _setting("version"), _setting("status")
    first = f"LEFT({status},1)"
    alone = f"SUBSTITUTE({status},{first},UPPER({first}),1)"
    last = (
        f'IF({version}<>"","{_GAP}Version "&{version}&IF({status}<>"",", "&{status},""),'
        f'IF({status}<>"","{_GAP}"&{alone},""))'
    )
    dated = ""
    if extracted is not None:
        latest = f"MAX({extracted})"
        dated = f'&IF({latest}>0,", extracted "&{british_date(latest)},"")'
    data = f'"{_GAP}Data as at "&{british_date(_setting("as_at"))}'
    return f"={_setting('period_label')}&{data}{dated}&{last}"


def _tallies() -> str:
    rated = '&"   "&'.join(f'tally_{colour}&" {colour.capitalize()}"' for colour in _LETTERS)
    words = {"previous": _setting("previous_words"), "outturn": _setting("outturn_label")}
    compared = "".join(
        f'&"{_GAP}since "&{words[reference]}&": "&tally_improved_{reference}&" better, "'
        f'&tally_same_{reference}&" same, "&tally_worsened_{reference}&" worse"'
        for reference in _REFERENCES
    )
    return f"={rated}{compared}"


def _summary() -> str:
    """The published sentence, right in singular and plural."""
    green, amber, red = (
        f'tally_{colour}&IF(tally_{colour}=1," indicator"," indicators")'
        f'&" rated as {colour.capitalize()}"'
        for colour in _LETTERS
    )
    rated = f'{_setting("area")}&" has "&{green}&", "&{amber}&" and "&{red}'
    now = _setting("current_words")
    before = {
        "previous": _setting("previous_words"),
        "outturn": f'"outturn ("&{_setting("outturn_label")}&")"',
    }
    compared = "".join(
        f'&". When comparing performance from "&{before[reference]}&" to "&{now}&", "'
        f"&{_moved(reference)}"
        for reference in _REFERENCES
    )
    return f'="As at "&{british_date(_setting("as_at"))}&", "&{rated}{compared}&"."'


def _moved(reference: str) -> str:
    phrases = {
        "improved": "shown an improvement",
        "same": "remained the same",
        "worsened": "shown a reduction",
    }
    improved, same, worsened = (
        f"tally_{travel}_{reference}"
        f'&IF(tally_{travel}_{reference}=1," indicator has"," indicators have")&" {phrase}"'
        for travel, phrase in phrases.items()
    )
    return f'{improved}&", "&{same}&" and "&{worsened}'


def _footnote(settings: Settings, notes: str) -> str:
    source = _setting("source_note")
    if settings.compare is Compare.AS_SHOWN:
        ended = f'. "&"{notes}"' if notes else '."'
        return f'=IF({source}="","{notes}","Source: "&{source}&"{ended})'
    ended = f'&" {notes}"' if notes else ""
    return f'="{ROUNDING_NOTE}"&IF({source}="",""," Source: "&{source}&".")' + ended
