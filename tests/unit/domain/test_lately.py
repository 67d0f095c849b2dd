"""What was used longest ago makes room."""

from app.domain.lately import Lately


def test_what_was_put_in_longest_ago_goes_first() -> None:
    held = Lately[str, int](2)
    held["one"], held["two"] = 1, 2
    held["one"] = 11  # again, so that the other one is older
    held["three"] = 3
    assert list(held.items()) == [("one", 11), ("three", 3)]
