"""Everything that is asked for, as a download: text as the database gives it, or a file made by another process."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.types import Receive, Scope, Send

from app.api.answer.compression import Encoding, Packer, encoded
from app.api.answer.errors import Busy
from app.api.answer.responses import caching, encoding_for, last_modified, still_fresh
from app.api.door.courtesy import HEAD
from app.api.lists.holding import Holding
from app.domain.errors import BadParameter
from app.domain.listed import TABLES
from app.formats.forms import FORMS, Format
from app.formats.text import TEXTS, Text, text_of
from app.store.properties import timestamp
from app.store.read.state import State

FILE_MAX = 100_000
"""Features in a file of columns, which is made in memory; text may hold any number."""
FILE_SECONDS = 120
BLOCK = 1 << 16
Pieces = AsyncIterator[Sequence[str]]


class Download(StreamingResponse):
    """Sends what `pieces` give, and in the end, whichever it is, gives back what `held` holds."""

    def __init__(self, held: AsyncExitStack, pieces: AsyncIterator[bytes], headers: dict[str, str], kind: str) -> None:
        super().__init__(pieces, headers=headers, media_type=kind)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._held:
            await super().__call__(scope, receive, send)


async def everything(connection: AsyncConnection, holding: Holding, query: Any, form: Format) -> Pieces:
    """All that is asked for, whatever the query's limit. BadParameter where it is more than a file of columns may
    hold: a part of it would look like all of it."""
    await holding.ready(connection)
    if form not in TEXTS:
        number = await holding.count(connection, query)
        if number > FILE_MAX:
            right = f"a narrower filter, a limit, or one of {', '.join(TEXTS)}"
            raise BadParameter("f", f"{number} {holding.noun}s are too many for {form}, which holds {FILE_MAX}", right)
    return _released(connection, holding.every(connection, query))


async def download(  # noqa: PLR0917
    request: Request,
    form: Format,
    layer: str,
    pieces: Pieces,
    state: State,
    tag: str,
    held: AsyncExitStack,
    links: Mapping[str, str] | None = None,
) -> Response:
    """What `pieces` hold in a format, of the layer that tells its properties; what
    they need to be read is taken over from `held` until all is sent."""
    if known := still_fresh(request, tag, state.changed):
        return known
    about = FORMS[form]
    headers = {
        **(links or {}),
        **last_modified(state.changed),
        "Content-Disposition": f'attachment; filename="{layer}.{about.extension}"',
    }
    encoding = encoding_for(request) if form in TEXTS else None
    if encoding:
        tag, headers["Content-Encoding"] = encoded(tag, encoding), encoding
    headers |= caching(tag)
    if HEAD in request.scope:
        return StreamingResponse(iter(()), headers=headers, media_type=about.media_type)
    if form not in TEXTS:
        file = await _made(form, layer, pieces, timestamp(state.changed), held)
        headers["Content-Length"] = str(file.stat().st_size)
        return Download(held.pop_all(), _blocks(file), headers, about.media_type)
    sent = _text(pieces, text_of(form, TABLES[layer]))
    if encoding:
        sent = _packed(sent, encoding)
    return Download(held.pop_all(), sent, headers, about.media_type)


async def _released(connection: AsyncConnection, pieces: Pieces) -> Pieces:
    """The connection goes back when all is read: making a file of it may take longer than it may stand idle."""
    async for bodies in pieces:
        yield bodies
    await connection.close()


async def _text(pieces: Pieces, text: Text) -> AsyncIterator[bytes]:
    yield text.head.encode()
    first = True
    async for bodies in pieces:
        yield (await run_in_threadpool(text.piece, bodies, first=first)).encode()
        first = False
    yield text.tail.encode()


async def _packed(pieces: AsyncIterator[bytes], encoding: Encoding) -> AsyncIterator[bytes]:
    packer = Packer(encoding)
    async for piece in pieces:
        yield await run_in_threadpool(packer.pack, piece)
    yield packer.end()


async def _made(form: Format, layer: str, pieces: Pieces, moment: str, held: AsyncExitStack) -> Path:
    """A file in a folder that goes with `held`."""
    folder = Path(held.enter_context(TemporaryDirectory(prefix="frontline-")))
    features, file = folder / "features.jsonl", folder / f"{layer}.{FORMS[form].extension}"
    async with await anyio.open_file(features, "w", encoding="utf-8") as lines:
        async for bodies in pieces:
            await lines.writelines(f"{body}\n" for body in bodies)
    await _converted(str(form), str(features), str(file), moment, layer)
    return file


async def _converted(*words: str) -> None:
    """Busy where the process does not end in time; RuntimeError with what it said where it fails."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app.formats.files", *words, stderr=asyncio.subprocess.PIPE
    )
    try:
        _, said = await asyncio.wait_for(process.communicate(), FILE_SECONDS)
    except TimeoutError as error:
        raise Busy from error
    finally:
        if process.returncode is None:  # also where the request was given up
            process.kill()
            await process.wait()
    if process.returncode:
        raise RuntimeError(f"making a file ended with {process.returncode}: {said.decode(errors='replace')}")


async def _blocks(file: Path) -> AsyncIterator[bytes]:
    async with await anyio.open_file(file, "rb") as opened:
        while block := await opened.read(BLOCK):
            yield block
