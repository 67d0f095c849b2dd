"""`frontline feeds`: which feeds are followed, and following them in the foreground."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from app.cli.options import SOME_FAILED, AsJson
from app.cli.stored import engine
from app.cli.tables import print_table
from app.cli.web import fetcher, reach
from app.domain.errors import FeedError, ReportError
from app.domain.feed import Feed
from app.domain.vocabulary import FeedKind, Language, SpeakerSide
from app.gazetteer.open import open_atlas
from app.ingest.follow import follow, shared_turns
from app.ingest.summary import Summary
from app.settings import Settings
from app.sources.address import parse_url
from app.sources.look import ON_DISK
from app.sources.register import build_feed, shipped
from app.store.intake import feeds

STATE = ("polled", "answered", "failures")
app = typer.Typer(no_args_is_help=True, help="The feeds that are followed: RSS, Atom, pages, sitemaps and archives.")


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Of a feed that the program knows, or a new one of your own.")],
    address: Annotated[str | None, typer.Argument(help="http(s), or a path: where a feed of your own is.")] = None,
    kind: Annotated[FeedKind, typer.Option(help="What stands there.")] = FeedKind.FEED,
    publisher: Annotated[str | None, typer.Option(help="Who publishes it.")] = None,
    side: Annotated[SpeakerSide | None, typer.Option(help="Whose voice it is.")] = None,
    lang: Annotated[Language | None, typer.Option(help="Where it should not be told from the text.")] = None,
    zone: Annotated[str | None, typer.Option(help="The publisher's time zone, as Europe/Kyiv.")] = None,
    licence: Annotated[str | None, typer.Option(help="Of its texts.")] = None,
    quoting: Annotated[str | None, typer.Option(help="On which terms a sentence may be quoted.")] = None,
    republishable: Annotated[bool | None, typer.Option(help="Whether the whole text may be shown.")] = None,
    every: Annotated[int | None, typer.Option(help="Seconds from poll to poll.")] = None,
    pause: Annotated[float | None, typer.Option(help="Seconds between two requests to its host.")] = None,
    permalink: Annotated[str | None, typer.Option(help="Of one message of an archive, with {id} in it.")] = None,
) -> None:
    """Follow a feed: one that the program knows, by its name, or one of your own."""
    said: dict[str, Any] = {
        "publisher": publisher,
        "side": side,
        "lang": lang,
        "zone": zone,
        "licence": licence,
        "quoting": quoting,
        "republishable": republishable,
        "every": every,
        "pause": pause,
        "permalink": permalink,
    }
    stated = {key: value for key, value in said.items() if value is not None}
    feed = _known(name, stated) if address is None else _own(name, address, kind, stated)
    with engine().begin() as connection:
        feeds.add(connection, feed)
    print(f"{feed.name} is followed: {feed.address}")


def _known(name: str, stated: dict[str, Any]) -> Feed:
    known = shipped()
    if name not in known:
        raise FeedError(f"the program knows no feed “{name}”; give its address, or one of: {', '.join(known)}")
    return build_feed({**{key: value for key, value in asdict(known[name]).items() if value is not None}, **stated})


def _own(name: str, address: str, kind: FeedKind, stated: dict[str, Any]) -> Feed:
    place = str(Path(address).absolute()) if kind in ON_DISK and "://" not in address else address
    feed = build_feed({"name": name, "address": place, "kind": kind, **stated})
    if kind not in ON_DISK:
        reach().refuse_number(parse_url(feed.address))
    elif not Path(feed.address).exists():
        raise FeedError(f"{feed.address}: there is no such file or folder")
    return feed


@app.command("list")
def show(
    known: Annotated[bool, typer.Option("--known", help="Also those that nobody follows yet.")] = False,
    as_json: AsJson = False,
) -> None:
    """The feeds that are followed, and how it goes."""
    with engine().connect() as connection:
        followed = feeds.followed(connection)
    names = {each.feed.name for each in followed}
    off = [feed for feed in shipped().values() if feed.name not in names] if known else []
    if as_json:
        rows = [{**asdict(each.feed), "followed": True, **_state(each)} for each in followed]
        print(json.dumps([*rows, *({**asdict(feed), "followed": False} for feed in off)], ensure_ascii=False))
        return
    table = Table(Column("name", no_wrap=True), "kind", "publisher", Column("address", overflow="fold"), *STATE)
    for each in followed:
        state = _state(each)
        told = (state["polled"] or "never", state["answered"] or "never", str(each.failures))
        table.add_row(each.feed.name, each.feed.kind, each.feed.publisher, each.feed.address, *told)
    for feed in off:
        table.add_row(feed.name, feed.kind, feed.publisher, feed.address, "off", "", "")
    if followed or off:
        print_table(table)
    else:
        print("No feed is followed; `frontline feeds list --known` shows some.")


def _state(each: feeds.Followed) -> dict[str, Any]:
    moments = {"polled": each.polled, "answered": each.answered, "next_poll": each.next_poll}
    told = {name: moment.isoformat(timespec="seconds") if moment else None for name, moment in moments.items()}
    return {**told, "failures": each.failures}


@app.command()
def remove(name: Annotated[str, typer.Argument(help="As `frontline feeds list` has it.")]) -> None:
    """Follow a feed no more; what was read of it stays."""
    with engine().begin() as connection:
        feeds.remove(connection, name)
    print(f"{name} is followed no more")


@app.command()
def poll(
    names: Annotated[list[str] | None, typer.Argument(help="Which to ask now; else those that are due.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask feeds what is new, and take it in: once, in the foreground. Workers do so for ever."""
    database = engine()
    with database.connect() as connection:
        asked = names or feeds.due(connection, _now())
        for name in asked:
            feeds.find(connection, name)
    summary = Summary(Console(stderr=True), quiet=as_json)
    with fetcher(turn=shared_turns(database, _now)) as way_out:
        atlas = open_atlas(Settings().gazetteer_path)
        for outcome in summary.follow(follow(database, asked, atlas, way_out, _now)):
            if isinstance(outcome, ReportError):
                print(f"frontline: {outcome}", file=sys.stderr)
    print(summary.as_json() if as_json else summary.as_text())
    raise typer.Exit(SOME_FAILED if summary.failed else 0)


def _now() -> datetime:
    return datetime.now(UTC)
