"""A little fuzzing in every run, from a fixed seed, and everything that fuzzing ever found."""

from __future__ import annotations

import itertools

import pytest

from tests.fuzz.corpus import FOUND, found, seeds
from tests.fuzz.mutation import mutations
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_a_few_hundred_changed_inputs_are_read_right_or_refused(target: str) -> None:
    for data in itertools.islice(mutations(seeds(target), seed=2013), 300):
        TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
def test_what_fuzzing_starts_from_is_read_right_or_refused(target: str) -> None:
    for data in seeds(target):
        TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_once_found_is_found_no_more(target: str) -> None:
    for data in found(target):
        TARGETS[target](data)


def test_the_corpus_is_small() -> None:
    stored = sum(path.stat().st_size for path in FOUND.glob("*")) if FOUND.exists() else 0
    assert stored + sum(len(data) for target in TARGETS for data in seeds(target)) < 200_000
