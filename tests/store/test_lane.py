"""What a lane keeps is bounded, whatever is asked for."""

import asyncio

from sqlalchemy import Integer, bindparam, select

from app.store.access import read_engine
from app.store.lane import TEXTS_MAX, Lane


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
