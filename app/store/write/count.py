"""What is still to be done for stored reports where they meet others: revisions superseded, independent voices counted.

Reports are stored side by side by any number of processes, and noted in `uncounted`; one process at a time takes the
notes up, in the order of publication, so that each piece meets few neighbours. Links are a pure function of the claims
(`app.linking`), so it does not matter who counts what and when: in the end the numbers are the same.
"""

from collections.abc import Collection

from sqlalchemy import Connection, Engine, delete, func, select, update

from app.store.tables.evidence import report
from app.store.tables.jobs import uncounted
from app.store.tables.operations import revision
from app.store.write import days
from app.store.write.ledger import claims_of, recount, touched
from app.store.write.revisions import supersede, take_off_the_map

TURN = 5_120_714
"""The advisory lock of whoever changes what others' numbers depend on; any number would do."""
PIECE = 1000
"""Reports counted in one transaction: some days of an archive, to which the weeks around them are loaded each time."""


def count_due(engine: Engine) -> None:
    """Counts until nothing is noted, or until another process is at it: it looks again after each piece."""
    with engine.connect() as connection:
        while is_due(connection):
            connection.rollback()
            counted = count_some(connection)
            connection.commit()
            if counted is None:
                return


def count_some(connection: Connection, piece: int = PIECE) -> int | None:
    """How many reports were counted, in the transaction of `connection`; None where it is another's turn."""
    if not connection.execute(select(func.pg_try_advisory_xact_lock(TURN))).scalar_one():
        return None
    due = select(report.c.id).join(uncounted).order_by(report.c.published, report.c.id).limit(piece)
    ids = connection.execute(due).scalars().all()
    count_links(connection, ids)
    return len(ids)


def is_due(connection: Connection) -> bool:
    return bool(connection.execute(select(select(uncounted).exists())).scalar_one())


def wait_for_turn(connection: Connection) -> None:
    """From here to the end of the transaction nobody else counts, redraws or removes."""
    connection.execute(select(func.pg_advisory_xact_lock(TURN)))


def count_links(connection: Connection, report_ids: Collection[str]) -> None:
    """For whoever has the turn: older revisions leave the map, and all numbers these reports bear on are true."""
    if not report_ids:
        return
    older = supersede(connection, report_ids)
    before, drawn = touched(connection, older), days.of_reports(connection, older)
    take_off_the_map(connection, older)
    recount(connection, before.union(claims_of(connection, report_ids)))
    connection.execute(delete(uncounted).where(uncounted.c.report_id.in_(report_ids)))
    next_revision(connection)
    days.remove(connection, drawn)


def next_revision(connection: Connection) -> None:
    """Tells readers of a change. The last step of a transaction, but for the counts by day: whoever else has one to
    tell waits until this one is through, so that none waits for another's days in a circle."""
    connection.execute(update(revision).values(number=revision.c.number + 1, changed=func.clock_timestamp()))
