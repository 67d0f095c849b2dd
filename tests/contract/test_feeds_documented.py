"""Every field of the register, kind of feed, outcome, reason and limit is documented, and nothing else is."""

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from app.domain.feed import Feed
from app.domain.vocabulary import DateBasis, FailureReason, FeedKind, FetchOutcome
from app.ingest import follow
from app.sources import html, look, pages
from app.sources.address import WEB_PORTS
from app.sources.fetch import PRODUCT, Limits
from app.sources.kinds import sitemap
from app.sources.look import ON_DISK, WEB
from app.sources.register import shipped

TEXT = (Path(__file__).parent.parent.parent / "docs" / "feeds.md").read_text()
FLAT = " ".join(TEXT.split())


def table(heading: str) -> dict[str, list[str]]:
    """The rows of the table whose first column has this heading: its names, and the other cells."""
    block = re.search(rf"^\| {heading} \|.*\n\|[ -|]+\n((?:\|.*\n)+)", TEXT, flags=re.MULTILINE)
    assert block, heading
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in block.group(1).splitlines()]
    return {name: row[1:] for row in rows for name in re.findall(r"`([a-z_]+)`", row[0])}


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("field", [field.name for field in fields(Feed)]),
        ("kind", FeedKind),
        ("outcome", FetchOutcome),
        ("reason", FailureReason),
    ],
)
def test_words_and_documentation_are_the_same(heading: str, words: list[str]) -> None:
    assert list(table(heading)) == [str(word) for word in words]


def test_defaults_of_the_register_are_documented_as_they_are() -> None:
    for field in fields(Feed):
        told = table("field")[field.name][-1].strip(" |")
        if field.default is MISSING:
            assert told == "–" or field.name == "kind"
        elif isinstance(field.default, int | float) and not isinstance(field.default, bool):
            assert told == f"`{field.default:g}`"


def test_every_kind_has_an_adapter() -> None:
    assert {FeedKind.PAGE, *WEB, *ON_DISK} == set(FeedKind)


def test_what_is_tried_again_is_documented() -> None:
    told, above = table("reason"), ""
    for reason in FailureReason:
        again = told[reason][-1].strip(" |")
        above = above if again == "〃" else again
        assert (above in ("later", "after what it asks for")) == reason.passes, reason


def test_limits_are_documented_as_they_are() -> None:
    limits = Limits()
    for said in (
        f"{limits.seconds} s for an answer",
        f"{limits.max_bytes // 1_000_000} MB unpacked",
        f"{limits.redirects} redirects",
        f"up to {limits.patience} s",
        f"{html.LETTERS_MAX:,} letters, {html.MARKS_MAX:,} elements and attributes",
        f"or {html.DEPTH_MAX} elements inside each other",
        f"first {look.ITEMS_MAX:,} items",
        f"the {sitemap.PARTS_MAX} newest parts",
        f"`{PRODUCT}`",
        *(str(port) for port in WEB_PORTS),
        *(f"`{basis}`" for basis in DateBasis),
    ):
        assert said in FLAT, said
    assert limits.attempts == 3
    assert [wait.total_seconds() / 3600 for wait in follow.RECHECKS] == [1, 6, 24, 72, 168]
    assert (follow.FIRST_WAIT.seconds, follow.LONGEST_WAIT.days, follow.GIVEN_UP) == (300, 1, 8)
    assert pages.PAUSE == 1


def test_what_ships_is_right_and_off() -> None:
    known = shipped()
    assert len(known) > 10
    assert {feed.lang for feed in known.values()} == {"en", "uk", "ru"}
    assert {feed.side for feed in known.values()} == {"UA", "RU", "third_party", "media"}
    for feed in known.values():
        assert feed.licence and feed.quoting and feed.zone != "UTC", feed.name
