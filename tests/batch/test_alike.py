"""Workbooks made together are what a refresh makes of each by itself, to the byte."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard_xl.batch import Failure
from scorecard_xl.batch.facts import AreaFacts
from scorecard_xl.batch.making import Made
from scorecard_xl.batch.moulds import Mould
from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.plan import Plan
from scorecard_xl.exceptions import InvalidWorkbookError
from tests.batch.areas import counts_of, made_up, maker_of
from tests.commented import with_commentary
from tests.generated.cases import case_of
from tests.generated.workbooks import write_case
from tests.judges.excel_parts import with_excel_parts
from tests.scorecards import (
    EMPTY,
    KENT,
    change_settings,
    copy_of,
    in_part,
    part_of,
    skeleton_in,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.batch.making import Maker

AREAS = 8


def differences(maker: Maker, areas: list[AreaFacts]) -> list[str]:
    """The areas whose workbooks, or whose reasons for none, are not those of a refresh."""
    return [
        facts.whose
        for facts, together in zip(areas, maker.made(areas), strict=True)
        if together != maker.one(facts)
    ]


@given(seed=st.integers(0, 10_000), fill=st.sampled_from([None, "values"]))
@settings(max_examples=25)
def test_kents_template_with_any_counts(seed: int, fill: str | None) -> None:
    maker = maker_of(KENT, fill=fill)
    assert differences(maker, made_up(maker, random.Random(seed), AREAS)) == []


@pytest.mark.parametrize("seed", range(12))
def test_generated_templates_with_any_counts(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_case(case_of(seed), path)
    maker = maker_of(path)
    assert differences(maker, made_up(maker, random.Random(seed), AREAS)) == []


def commented(path: Path) -> None:
    with_commentary(path)


def with_parts(path: Path) -> None:
    with_excel_parts(path, path)


def compared_as_shown(path: Path) -> None:
    change_settings(path, compare="as shown", minimum_denominator=100.0)


@pytest.mark.parametrize("change", [commented, with_parts, compared_as_shown])
def test_templates_that_hold_more(change: object, tmp_path: Path) -> None:
    path = copy_of(KENT, tmp_path)
    change(path)  # type: ignore[operator]
    maker = maker_of(path)
    assert differences(maker, made_up(maker, random.Random(7), AREAS)) == []


def test_a_template_that_was_never_filled(tmp_path: Path) -> None:
    maker = maker_of(skeleton_in(tmp_path))
    assert differences(maker, made_up(maker, random.Random(3), AREAS)) == []


@pytest.mark.parametrize("part", ["xl/worksheets/sheet8.xml", "xl/worksheets/sheet7.xml"])
def test_rows_that_say_what_the_template_says_stay_as_they_are_stored(
    part: str, tmp_path: Path
) -> None:
    """The first and the last row of Why, and of what is remembered, stored in another spelling."""
    path = copy_of(KENT, tmp_path)
    own = {"area": "Template", "as_at": maker_of(path).template.settings.as_at}
    template = maker_of(path).one(AreaFacts(**own, counts=counts_of(maker_of(path))))
    assert isinstance(template, Made)
    path.write_bytes(template.data)
    stored = part_of(path, part).decode()
    for row in (5, 46):
        cells = re.search(rf'<row r="{row}".*?</row>', stored)
        assert cells is not None
        text = re.findall(r"<is><t>([^<]*)</t></is>", cells[0])[0]
        spelled = cells[0].replace(f"<is><t>{text}<", f"<is><r><t/></r><r><t>{text}</t></r><!", 1)
        spelled = spelled.replace("<!/t>", "", 1)
        in_part(path, part, cells[0], spelled)
    maker = maker_of(path)
    held = counts_of(maker)
    numbers = {code: value for code, value in held.items() if isinstance(value, float)}
    moved = [{}, *({code: numbers[code] + n for code in numbers} for n in (1, 2))]
    moved += [{code: numbers[code] + 1} for code in (*list(numbers)[:3], *list(numbers)[-9:])]
    areas = [
        AreaFacts(area=f"District {n}", as_at=own["as_at"], counts=held | changed)
        for n, changed in enumerate([moved[1], *moved])
    ]
    assert sum(isinstance(maker.one(facts), Made) for facts in areas) > 6
    assert differences(maker, areas) == []


def test_areas_alike_are_really_made_together() -> None:
    maker = maker_of(KENT)
    chance = random.Random(1)
    areas = [
        facts
        for facts in made_up(maker, chance, 40)
        if isinstance(maker.one(facts), Made) and facts.as_at == maker.template.settings.as_at
    ]
    alike = [each for each in areas if not each.sources and each.area.lower() != "kent"] or areas
    mould = Mould(
        Plan(Package(KENT.read_bytes(), name=KENT.name)), maker.entering, alike[0], fill=None
    )
    same = [each for each in areas if maker.shape(each) == maker.shape(alike[0])]
    assert len(same) > 0
    assert all(cast is not None for cast in mould.cast(same))


def test_an_area_with_errors_does_not_spoil_its_neighbours() -> None:
    maker = maker_of(KENT)
    areas = [facts for facts in made_up(maker, random.Random(5), 30) if facts.as_at.year == 2013]
    outcomes = list(maker.made(areas))
    assert any(isinstance(each, Failure) for each in outcomes)
    assert any(isinstance(each, Made) for each in outcomes)


def test_a_template_without_area_and_date_is_refused_with_their_cells() -> None:
    with pytest.raises(InvalidWorkbookError, match=r"'Settings'!B5: area is blank.*\n.*as_at"):
        maker_of(EMPTY)
