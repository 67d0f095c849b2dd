"""How does the time of the whole way of a report grow with its length, up to 1 MB, for texts of one thing only?

    python -m tests.bench.lengths GAZETTEER [KIND…]

Processor seconds at 125, 250, 500 and 1,000 kB, and how many times longer eight times the text takes.
"""

import sys
import time
from datetime import date
from pathlib import Path

from app.domain.place import Atlas
from app.domain.report import Report
from app.gazetteer.open import open_atlas
from app.ingest.pipeline import interpret
from tests.bench.reports import MONOTONOUS

SIZES = (125_000, 250_000, 500_000, 1_000_000)
"""Characters."""


def main(gazetteer: Path, kinds: list[str]) -> None:
    atlas = open_atlas(gazetteer)
    print(f"{'':20}" + "".join(f"{size // 1000:7} kB" for size in SIZES) + "   growth")
    for kind in kinds or MONOTONOUS:
        _seconds(MONOTONOUS[kind] * 50, atlas)
        taken = [_seconds((MONOTONOUS[kind] * (size // len(MONOTONOUS[kind]) + 1))[:size], atlas) for size in SIZES]
        seconds = "".join(f"{time:8.2f} s" for time in taken)
        print(f"{kind:20}{seconds}  × {taken[-1] / max(taken[0], 0.01):.1f}", flush=True)


def _seconds(text: str, atlas: Atlas) -> float:
    began = time.process_time()
    interpret(Report(text, date(2023, 7, 12), "The wire"), atlas)
    return time.process_time() - began


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
