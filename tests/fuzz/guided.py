"""One target under atheris, guided by what its inputs reach; started by ``tests.fuzz.run``."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

from tests.fuzz.limits import LONGEST_INPUT, MOST_MEGABYTES, MOST_SECONDS
from tests.fuzz.mutation import TOKENS


def main() -> None:
    """Fuzz until the time is up, or something is found."""
    import atheris

    # Only what is imported here is watched, so nothing may import the library before.
    with atheris.instrument_imports(include=["scorecard_xl", "zipfile"]):
        from tests.fuzz.targets import TARGETS

    target, seconds, seed, corpus, found = sys.argv[1:]
    words = Path(corpus).with_name("words")
    lines = ("".join(f"\\x{byte:02x}" for byte in token) for token in TOKENS)
    words.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")
    options = [
        f"-max_total_time={seconds}",
        f"-seed={int(seed) % 2**31 or 1}",
        f"-max_len={LONGEST_INPUT}",
        f"-rss_limit_mb={MOST_MEGABYTES}",
        f"-timeout={MOST_SECONDS}",
        f"-artifact_prefix={found}",
        f"-dict={words}",
        "-print_final_stats=1",
    ]

    def kept_if_found(data: bytes) -> None:
        # Python's end after an error does not always leave libFuzzer the time to write.
        try:
            TARGETS[target](data)
        except BaseException:
            Path(f"{found}{zlib.crc32(data):08x}").write_bytes(data)
            raise

    atheris.Setup([sys.argv[0], *options, corpus], kept_if_found)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
