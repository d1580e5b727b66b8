"""One target under atheris, guided by what its inputs reach; started by ``tests.fuzz.run``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["scorecard_xl", "zipfile"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.mutation import TOKENS
from tests.fuzz.run import MOST_MEGABYTES, MOST_SECONDS

LONGEST_INPUT = 8_192


def main() -> None:
    """Fuzz until the time is up, or something is found."""
    target, seconds, seed, corpus, found = sys.argv[1:]
    with tempfile.NamedTemporaryFile("w", suffix=".dict", delete=False) as words:
        for token in TOKENS:
            words.write('"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n')
    options = [
        f"-max_total_time={seconds}",
        f"-seed={int(seed) % 2**31 or 1}",
        f"-max_len={LONGEST_INPUT}",
        f"-rss_limit_mb={MOST_MEGABYTES}",
        f"-timeout={MOST_SECONDS}",
        f"-artifact_prefix={found}",
        f"-dict={words.name}",
        "-print_final_stats=1",
        "-verbosity=1",
    ]
    atheris.Setup([sys.argv[0], *options, corpus], TARGETS[target])
    try:
        atheris.Fuzz()
    finally:
        Path(words.name).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
