"""In which partitions something is looked for."""

from datetime import date, timedelta

import pytest

from app.store.tables import months
from app.store.tables.interpretation import LASTING


@pytest.mark.parametrize(
    "day", [date.min, date(1, 2, 1), date(2024, 3, 1), date(2024, 3, 31), date(2024, 5, 2), date.max]
)
def test_what_goes_on_to_a_day_is_in_the_months_before_it(day: date) -> None:
    held = months.before(day)
    starts = [day - timedelta(days=back) for back in range(1, 800) if day.toordinal() > back]
    assert {months.month_of(start, day) for start in starts} <= set(held)
    assert all(month <= day for month in held)
    assert len(held) <= 4
    assert held[0] == LASTING
