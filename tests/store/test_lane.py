"""What a lane keeps is bounded, whatever is asked for."""

import asyncio

from sqlalchemy import Integer, bindparam, column, func, literal_column, select, table

from app.store.access import read_engine
from app.store.read.lane import TEXTS_MAX, Lane


def test_texts_of_statements_are_not_kept_without_end(database_url: str) -> None:
    async def run() -> tuple[int, list[object]]:
        engine = read_engine(database_url, pool_size=1)
        lane = Lane(engine, 1)
        asked = select(bindparam("number", type_=Integer))
        found = [await lane.row(key, lambda: asked, {"number": key}) for key in range(TEXTS_MAX + 20)]
        held = len(lane._texts)
        await lane.close()
        await engine.dispose()
        return held, [row and row[0] for row in found]

    held, found = asyncio.run(run())
    assert held == TEXTS_MAX
    assert found == list(range(TEXTS_MAX + 20))


def test_a_lane_plans_a_statement_once_or_for_each_value(database_url: str) -> None:
    async def run(*, one_plan: bool) -> int:
        engine = read_engine(database_url, pool_size=1)
        lane = Lane(engine, 1, one_plan=one_plan)
        asked = select(bindparam("number", type_=Integer))
        for number in range(7):
            await lane.row("asked", lambda: asked, {"number": number})
        held = table("pg_prepared_statements", column("generic_plans", Integer), column("parameter_types"))
        plans = select(func.sum(held.c.generic_plans)).where(
            func.cardinality(held.c.parameter_types) == literal_column("1")
        )
        found = await lane.row("plans", lambda: plans, {})
        await lane.close()
        await engine.dispose()
        assert found
        return int(found[0])

    assert asyncio.run(run(one_plan=True)) == 7
    assert asyncio.run(run(one_plan=False)) == 0
