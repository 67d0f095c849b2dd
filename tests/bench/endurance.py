"""Does any of thousands of spoilt reports raise, take long, or leave something behind in memory?

    python -m tests.bench.endurance GAZETTEER [REPORTS]

Prints after every thousand how long the slowest took (processor time) and the most memory the process ever held.
"""

import resource
import sys
import time
from pathlib import Path

from app.domain.vocabulary import Language
from app.gazetteer.open import open_atlas
from app.ingest.pipeline import interpret
from app.sources.samples import sample_reports
from tests.bench.reports import corpus, samples
from tests.mutated import check, mutated


def main(gazetteer: Path, number: int) -> None:
    atlas = open_atlas(gazetteer)
    whole = [*sample_reports(), *(report for lang in Language for report in (*samples(lang), *corpus(lang)))]
    slowest, words = 0.0, 0
    for count, report in enumerate(mutated(whole, number), start=1):
        began = time.process_time()
        understood = interpret(report, atlas)
        slowest = max(slowest, time.process_time() - began)
        words += len(report.text.split())
        check(*understood)
        if count % 1000 == 0 or count == number:
            print(
                f"{count:6,} reports, {words:9,} words, slowest {slowest:.2f} s, at most {_most_mb():.0f} MB",
                flush=True,
            )


def _most_mb() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
