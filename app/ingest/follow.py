"""Following feeds: what is new is put in line, taken in its turn, and every attempt is told to `/coverage`.

    poll ─► items in line ─► take ─► Report ─► job.take (read, draw, store) ─► settle
      └───────────── failures, each with its reason ────────────┴─► fail

Each step commits what it learned before the next begins, and an item leaves the line only in `settle`, after its report
is stored: stopped anywhere and begun again, nothing is lost and nothing is stored twice. Any number of processes may
poll and take; two that take the same item at once do the work twice and store it once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Connection, Engine

from app.domain.errors import FetchError, ReportError
from app.domain.feed import Attempt, Feed, Item, Validators
from app.domain.place import Atlas
from app.domain.report import Report
from app.domain.vocabulary import FeedKind, FetchOutcome
from app.ingest import job
from app.ingest.job import Known, Received, Taken
from app.sources.fetch import Fetcher
from app.sources.look import look
from app.sources.pace import Turn
from app.sources.pages import about, each, guarded, read_item
from app.store.intake import feeds, fetches
from app.store.write.count import count_due

RECHECKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7))
"""How long after a page was found it is asked whether it was edited; afterwards no more, unless the feed says so."""
FIRST_WAIT = timedelta(minutes=5)
"""After a failure that may pass; twice as long after each further one."""
LONGEST_WAIT = timedelta(days=1)
GIVEN_UP = 8
"""Failures in a row after which a page is left alone, unless its feed names it as edited."""
BATCH = 500
"""Items that are put in line in one statement."""


@dataclass(frozen=True, slots=True)
class Polled:
    outcome: FetchOutcome
    """POLLED, UNCHANGED or FAILED."""
    new: int = 0
    """Items put in line: new ones, and ones edited since they were taken."""
    errors: tuple[ReportError, ...] = ()
    """What was wrong with the feed, or with items in it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that an item became, to be stored; `settle` takes the item out of the line afterwards."""

    report: Report
    address: str
    feed: str | None
    validators: Validators | None
    next_take: datetime | None


def poll(engine: Engine, name: str, fetcher: Fetcher, now: datetime) -> Polled:
    """Asks a feed what it holds now and puts what is new in line. Raises FeedError for a name not in the register."""
    with engine.connect() as connection:
        followed = feeds.find(connection, name)
    feed, found, new = followed.feed, 0, 0
    errors: list[ReportError] = []
    try:
        with guarded(feed.address):
            seen = look(feed, followed.validators, fetcher, now)
    except ReportError as error:
        return _poll_failed(engine, followed, [error], now)
    for some in _batches(each(seen.found, feed.address)):
        items = [one for one in some if isinstance(one, Item)]
        errors += [one for one in some if isinstance(one, ReportError)]
        found += len(items)
        with engine.begin() as connection:
            new += fetches.add_items(connection, name, items, now)
    if errors and not found:
        return _poll_failed(engine, followed, errors, now)
    outcome = FetchOutcome.UNCHANGED if seen.unchanged else FetchOutcome.POLLED
    with engine.begin() as connection:
        # Where a part may be had at another time, all is asked for again: the validators speak of the whole.
        validators = Validators() if any(error.reason.passes for error in errors) else seen.validators
        feeds.note_answer(connection, name, validators, now, now + timedelta(seconds=feed.every))
        fetches.note(connection, [_attempt(outcome, feed.address, feed), *(_failure(e, feed) for e in errors)])
    return Polled(outcome, new, tuple(errors))


def take(engine: Engine, address: str, fetcher: Fetcher, now: datetime) -> Draft | ReportError | None:
    """The report of the item in line at `address`; None where it is as it was, or in no line. What failed is noted."""
    with engine.connect() as connection:
        waiting = fetches.waiting(connection, address)
    if waiting is None:
        return None
    item, feed = waiting.item, waiting.feed
    next_take = _next_take(waiting, now)
    answer = None
    try:
        if item.text is None:
            with guarded(address):
                answer = fetcher.get(address, waiting.validators, feed.pause if feed else 0)
            with engine.begin() as connection:
                outcome = FetchOutcome.UNCHANGED if answer.unchanged else FetchOutcome.FETCHED
                fetches.note(connection, [_attempt(outcome, address, feed)])
                if answer.unchanged:
                    fetches.note_taken(connection, address, None, now, next_take)
                    return None
        with guarded(address):
            report = read_item(item, feed, answer, now)
    except ReportError as error:
        fail(engine, address, feed, error, now)
        return error
    return Draft(report, address, feed.name if feed else None, answer.validators if answer else None, next_take)


def read_due(engine: Engine, address: str, atlas: Atlas, fetcher: Fetcher, now: datetime) -> Taken | None:
    """All that is to be done for one item in line: fetched, read, drawn, stored and told; None where it is as it was.

    Links with what others said are counted later (`store.count`).
    """
    draft = take(engine, address, fetcher, now)
    if not isinstance(draft, Draft):
        return draft
    [outcome] = job.take([Received(draft.report, now)], atlas, engine)
    if isinstance(outcome, ReportError):
        with engine.connect() as connection:
            waiting = fetches.waiting(connection, address)
        fail(engine, address, waiting.feed if waiting else None, about(address, outcome), now)
    else:
        with engine.begin() as connection:
            settle(connection, draft, known=isinstance(outcome, Known), now=now)
    return outcome


def follow(
    engine: Engine, names: Iterable[str], atlas: Atlas, fetcher: Fetcher, clock: Callable[[], datetime]
) -> Iterator[Taken]:
    """Polls feeds and does all that is due of them, in this process; workers do the same piece by piece."""
    for name in names:
        yield from poll(engine, name, fetcher, clock()).errors
        while due := _due(engine, name, clock()):
            for address in due:
                if (outcome := read_due(engine, address, atlas, fetcher, clock())) is not None:
                    yield outcome
    count_due(engine)


def _due(engine: Engine, name: str, now: datetime) -> Sequence[str]:
    with engine.connect() as connection:
        return fetches.due_items(connection, now, BATCH, name)


def shared_turns(engine: Engine, clock: Callable[[], datetime]) -> Turn:
    """Turns among all processes that follow feeds with this database."""

    def turn(host: str, pause: float) -> float:
        with engine.begin() as connection:
            now = clock()
            return max((feeds.reserve(connection, host, now, pause) - now).total_seconds(), 0)

    return turn


def settle(connection: Connection, draft: Draft, *, known: bool, now: datetime) -> None:
    """Takes an item out of the line; its report is stored, in the same transaction or before."""
    fetches.note_taken(connection, draft.address, draft.validators, now, draft.next_take)
    outcome = FetchOutcome.KNOWN if known else FetchOutcome.READ
    report = draft.report
    fetches.note(
        connection,
        [Attempt(outcome, draft.address, draft.feed, report.publisher, report_id=report.id)],
    )


def fail(engine: Engine, address: str, feed: Feed | None, error: ReportError, now: datetime) -> None:
    """Notes why an item became no report; what may pass is tried again later."""
    with engine.begin() as connection:
        waiting = fetches.waiting(connection, address)
        failures = waiting.failures if waiting else 0
        again = error.reason.passes and failures + 1 < GIVEN_UP
        fetches.note_item_failure(connection, address, now + _wait(error, failures) if again else None)
        fetches.note(connection, [_failure(error, feed)])


def noted(outcomes: Iterable[Report | ReportError], engine: Engine) -> Iterator[Report | ReportError]:
    """The same outcomes; those that failed are told to `/coverage` too."""
    for outcome in outcomes:
        if isinstance(outcome, ReportError):
            with engine.begin() as connection:
                fetches.note(connection, [_failure(outcome, None)])
        yield outcome


def note_read(engine: Engine, reports: Sequence[Report], outcomes: Sequence[Taken]) -> None:
    """Tells `/coverage` what became of reports that no feed named."""
    told = [_outcome(report, outcome) for report, outcome in zip(reports, outcomes, strict=True)]
    with engine.begin() as connection:
        fetches.note(connection, told)


def _outcome(report: Report, outcome: Taken) -> Attempt:
    target = report.url or report.title or report.id
    if isinstance(outcome, ReportError):
        return Attempt(FetchOutcome.FAILED, target, None, report.publisher, outcome.reason, str(outcome))
    told = FetchOutcome.KNOWN if isinstance(outcome, Known) else FetchOutcome.READ
    return Attempt(told, target, None, report.publisher, report_id=report.id)


def _batches(found: Iterator[Item | ReportError]) -> Iterator[list[Item | ReportError]]:
    while some := list(islice(found, BATCH)):
        yield some


def _poll_failed(engine: Engine, followed: feeds.Followed, errors: list[ReportError], now: datetime) -> Polled:
    feed = followed.feed
    wait = max(timedelta(seconds=feed.every), _wait(errors[0], followed.failures))
    with engine.begin() as connection:
        feeds.note_failure(connection, feed.name, now, now + wait)
        fetches.note(connection, [_failure(error, feed) for error in errors])
    return Polled(FetchOutcome.FAILED, errors=tuple(errors))


def _wait(error: ReportError, failures: int) -> timedelta:
    asked = timedelta(seconds=(error.retry_after or 0) if isinstance(error, FetchError) else 0)
    waits: timedelta = FIRST_WAIT * 2 ** min(failures, 10)
    return min(max(waits, asked), LONGEST_WAIT)


def _next_take(waiting: fetches.Waiting, now: datetime) -> datetime | None:
    """When a page is asked again whether it was edited; a text or a page that the feed polls is not."""
    if waiting.item.text is not None or (waiting.feed and waiting.feed.kind is FeedKind.PAGE):
        return None
    return next((then for wait in RECHECKS if (then := waiting.found + wait) > now), None)


def _attempt(outcome: FetchOutcome, target: str, feed: Feed | None) -> Attempt:
    return Attempt(outcome, target, feed.name if feed else None, feed.publisher if feed else None)


def _failure(error: ReportError, feed: Feed | None) -> Attempt:
    return Attempt(
        FetchOutcome.FAILED,
        error.target or "",
        feed.name if feed else None,
        feed.publisher if feed else None,
        error.reason,
        str(error),
    )
