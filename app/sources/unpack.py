"""Packed content, unpacked piece by piece, so that a little of it never becomes more than was bargained for."""

import zlib
from collections.abc import Iterable, Iterator

from app.domain.errors import FetchError
from app.domain.vocabulary import FailureReason

PIECE = 65_536
_WINDOW = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
GZIP = b"\x1f\x8b"


def unpack(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """`pieces` as they were before packing, none longer than `PIECE`; `encoding` is that of RFC 9110, section 8.4.

    Raises FetchError for an encoding that was not asked for, packed twice, or broken.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from pieces
        return
    if name not in _WINDOW:
        raise FetchError(f"it is packed as {encoding!r:.80}, which was not asked for", FailureReason.WRONG_TYPE)
    machine = zlib.decompressobj(_WINDOW[name])
    try:
        for piece in pieces:
            waiting = piece
            while True:
                if machine.eof and waiting:  # another member (RFC 1952, section 2.2)
                    machine = zlib.decompressobj(_WINDOW[name])
                unpacked = machine.decompress(waiting, PIECE)
                yield unpacked
                waiting = machine.unconsumed_tail or machine.unused_data
                if not waiting and len(unpacked) < PIECE:
                    break
    except zlib.error as error:
        raise FetchError(f"it is not packed as it says, {encoding} ({error})", FailureReason.MALFORMED) from error
    if not machine.eof:
        raise FetchError(f"its packing ({encoding}) is cut short", FailureReason.MALFORMED)


def bounded(pieces: Iterable[bytes], limit: int, what: str) -> bytes:
    """All of `pieces`. Raises FetchError, with what was taken so far thrown away, beyond `limit` bytes."""
    taken, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise FetchError(f"{what} is larger than {limit:,} bytes", FailureReason.TOO_LARGE)
        taken.append(piece)
    return b"".join(taken)
