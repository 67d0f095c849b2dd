"""What an ingestion did, told while it runs and summed up at its end, for people or as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from app.domain.errors import ReportError
from app.ingest.job import Known, Queued, Read, Taken, Unsettled

SHOWN = 12
"""Of each kind of remark, so many are printed."""
KEPT = 10_000
"""Reports told of one by one in the JSON, so that an archive of any length fits in memory; the counts are of all."""
COUNTED = ("read", "claims", "points", "sectors", "known", "queued", "failed")


class Summary:
    """Counts what passes through `follow`; a progress bar is drawn on `console` unless `quiet` or it is no terminal."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self._console = console
        self._shown = console.is_terminal and not quiet
        self.counts: Counter[str] = Counter()
        self.read: list[Read] = []
        self.errors: list[str] = []
        self._unsettled: Counter[Unsettled] = Counter()

    @property
    def failed(self) -> int:
        return self.counts["failed"]

    def follow(self, taken: Iterable[Taken]) -> Iterator[Taken]:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._console, disable=not self._shown, transient=True) as progress:
            task = progress.add_task("reading", total=None)
            for outcome in taken:
                self._count(outcome)
                progress.update(task, advance=1, description=self._line())
                yield outcome

    def _count(self, outcome: Taken) -> None:
        match outcome:
            case Read():
                told = {"read": 1, "claims": outcome.claims, "points": outcome.points, "sectors": outcome.sectors}
                self.counts.update(told)
                self._unsettled.update(outcome.unsettled)
                if len(self.read) < KEPT:
                    self.read.append(outcome)
            case Known():
                self.counts["known"] += 1
            case Queued():
                self.counts["queued"] += 1
            case ReportError():
                self.counts["failed"] += 1
                if len(self.errors) < KEPT:
                    self.errors.append(str(outcome))

    def _line(self) -> str:
        parts = [f"{self.counts[name]} {name}" for name in ("read", "claims", "points", "sectors")]
        parts += [f"{self.counts['known']} already known"] * bool(self.counts["known"])
        parts += [f"{self.counts['queued']} queued"] * bool(self.counts["queued"])
        parts += [f"{self.failed} failed"] * bool(self.failed)
        return ", ".join(parts)

    def as_text(self) -> str:
        """One line of counts; then what held nothing, what was not drawn and what could not be settled, if any."""
        silent = [f"nothing placed in: {r.title or r.report_id} ({r.published})" for r in self.read if not r.claims]
        undrawn = [f"not drawn: {reason}" for r in self.read for reason in r.undrawn]
        unsettled = [_unsettled(name, times) for name, times in self._unsettled.most_common()]
        return "\n".join([self._line(), *_some(silent), *_some(undrawn), *_some(unsettled)])

    def as_json(self) -> str:
        return json.dumps(
            {
                "read": [
                    {
                        "report_id": r.report_id,
                        "title": r.title,
                        "published": r.published.isoformat(),
                        "claims": r.claims,
                        "points": r.points,
                        "sectors": r.sectors,
                        "unsettled": [asdict(name) for name in r.unsettled],
                        "undrawn": list(r.undrawn),
                    }
                    for r in self.read
                ],
                "known": self.counts["known"],
                "failed": self.errors,
                "counts": {name: self.counts[name] for name in COUNTED},
            },
            ensure_ascii=False,
        )


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], f"… and {more} more like that (--json lists them)"] if more > 0 else lines


def _unsettled(name: Unsettled, times: int) -> str:
    often = f" (×{times})" if times > 1 else ""
    of = f": {'; '.join(name.candidates[:4])}" if name.candidates else ""
    return f"not settled: {name.surface}{often}, {name.outcome}{of}"
