"""Kent's case, as it is and many times over."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd

from scorecard_xl.csv_folder import Inputs, read_csv_folder
from scorecard_xl.new_workbook import new_from_inputs

KENT = Path(__file__).parent.parent / "workbook_templates" / "kent_2013_01"
_KENT_INDICATORS = 42


def inputs_of(indicators: int) -> Inputs:
    """Kent's tables, repeated under other codes until there are so many indicators."""
    kent = read_csv_folder(KENT)
    repeats = range(-(-indicators // _KENT_INDICATORS))
    frames = {
        name: pd.concat([_repeated(getattr(kent, name), f"_{i:03}" if i else "") for i in repeats])
        for name in ("counts", "indicators", "history")
    }
    frames["indicators"] = frames["indicators"][:indicators]
    frames |= _used_by(**frames)
    whole = {name: frame.reset_index(drop=True) for name, frame in frames.items()}
    return dataclasses.replace(kent, **whole)


def _used_by(
    indicators: pd.DataFrame, counts: pd.DataFrame, history: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The counts and the history of some indicators: what belongs to no other."""
    codes = {*indicators["numerator"], *indicators["denominator"]}
    return {
        "counts": counts[counts["code"].isin(codes)],
        "history": history[history["indicator"].isin(set(indicators["indicator"]))],
    }


def _repeated(frame: pd.DataFrame, suffix: str) -> pd.DataFrame:
    copy = frame.copy()
    for column in ("code", "indicator", "numerator", "denominator"):
        if column in copy:
            copy[column] = [
                code + suffix if isinstance(code, str) else code for code in copy[column]
            ]
    if "section" in copy and suffix:
        copy["section"] = [f"Area {suffix}: {section}" for section in copy["section"]]
    return copy


def workbook_of(indicators: int, folder: Path) -> Path:
    """A filled workbook with so many indicators."""
    path = folder / f"scorecard_{indicators}.xlsx"
    new_from_inputs(path, inputs_of(indicators), overwrite=True)
    return path
