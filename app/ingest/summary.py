"""What an ingestion did, told while it runs and summed up at its end, for people or as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from app.domain.errors import ReportError
from app.ingest.job import Known, Read, Taken, Unsettled

SHOWN = 12
"""Names that could not be settled are listed up to this many; the JSON holds all."""


class Summary:
    """Counts what passes through `follow`; a progress bar is drawn on `console` unless `quiet` or it is no terminal."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self._console = console
        self._shown = console.is_terminal and not quiet
        self.read: list[Read] = []
        self.known = 0
        self.errors: list[ReportError] = []

    @property
    def failed(self) -> int:
        return len(self.errors)

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
                self.read.append(outcome)
            case Known():
                self.known += 1
            case ReportError():
                self.errors.append(outcome)

    def _line(self) -> str:
        parts = [
            f"{len(self.read)} read",
            f"{sum(r.claims for r in self.read)} claims",
            f"{sum(r.points for r in self.read)} points",
            f"{sum(r.sectors for r in self.read)} sectors",
        ]
        parts += [f"{self.known} already known"] * bool(self.known)
        parts += [f"{self.failed} failed"] * bool(self.failed)
        return ", ".join(parts)

    def as_text(self) -> str:
        """One line of counts; then what held nothing, what was not drawn and what could not be settled, if any."""
        lines = [self._line()]
        silent = [r for r in self.read if not r.claims]
        lines += [f"nothing placed in: {r.report.title or r.report.id} ({r.report.published})" for r in silent]
        lines += [f"not drawn: {reason}" for r in self.read for reason in r.undrawn]
        names = Counter(unsettled for r in self.read for unsettled in r.unsettled)
        lines += [_unsettled(name, times) for name, times in names.most_common(SHOWN)]
        if len(names) > SHOWN:
            lines.append(f"… and {len(names) - SHOWN} more names not settled (--json lists them)")
        return "\n".join(lines)

    def as_json(self) -> str:
        return json.dumps(
            {
                "read": [
                    {
                        "report_id": r.report.id,
                        "title": r.report.title,
                        "published": r.report.published.isoformat(),
                        "claims": r.claims,
                        "points": r.points,
                        "sectors": r.sectors,
                        "unsettled": [asdict(name) for name in r.unsettled],
                        "undrawn": list(r.undrawn),
                    }
                    for r in self.read
                ],
                "known": self.known,
                "failed": [str(error) for error in self.errors],
            },
            ensure_ascii=False,
        )


def _unsettled(name: Unsettled, times: int) -> str:
    often = f" (×{times})" if times > 1 else ""
    of = f": {'; '.join(name.candidates[:4])}" if name.candidates else ""
    return f"not settled: {name.surface}{often}, {name.outcome}{of}"
