"""One target fed with changes made at random; started by ``tests.fuzz.run``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.fuzz.limits import MOST_SECONDS
from tests.fuzz.mutation import mutations
from tests.fuzz.targets import TARGETS


def main() -> None:
    """Try inputs until the time is up, or something is found."""
    target, seconds, seed, corpus, found = sys.argv[1:]
    ends = time.monotonic() + int(seconds)
    seeds = [path.read_bytes() for path in sorted(Path(corpus).iterdir())]
    tried = 0
    for data in mutations(seeds, seed=int(seed)):
        started = time.process_time()
        try:
            TARGETS[target](data)
        except BaseException:
            Path(f"{found}{tried}").write_bytes(data)
            raise
        tried += 1
        if time.process_time() - started > MOST_SECONDS:
            Path(f"{found}slow-{tried}").write_bytes(data)
            break
        if time.monotonic() > ends:
            break
    sys.stdout.write(f"Done {tried}\n")


if __name__ == "__main__":
    main()
