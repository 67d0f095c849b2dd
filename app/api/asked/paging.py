"""Which page of a list is asked for, in which order, and how exactly all are counted."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from app.api.asked import parameters
from app.api.asked.filters import ARRAY
from app.api.services import at_once
from app.domain.errors import BadParameter
from app.store.read.order import SORTABLE, Key, Sort
from app.store.read.pages import COUNTED_MAX, Counting

LIMIT_DEFAULT, LIMIT_MAX, OFFSET_MAX = 100, 10_000, 10_000
SORTED = {"type": "string", "pattern": rf"^[+-]?({'|'.join(SORTABLE)})$"}


@dataclass(frozen=True, slots=True)
class Paging:
    limit: int
    after: Key | None
    offset: int
    sort: tuple[Sort, ...]
    counting: Counting
    limited: bool
    """Whether the client named a limit."""


Limit = Annotated[
    int,
    Query(
        ge=1,
        description=f"Features on a page; more than {LIMIT_MAX} is taken as {LIMIT_MAX}. Formats without pages hold"
        " everything where this is left out. Example: `10`",
        examples=[10],
        json_schema_extra={"maximum": LIMIT_MAX},
    ),
]
Offset = Annotated[
    int,
    Query(
        ge=0,
        le=OFFSET_MAX,
        description="So many features are left out before the page. `after` is faster, and misses nothing when more"
        " is stored meanwhile. Example: `10`",
        examples=[10],
    ),
]
Count = Annotated[
    str | None,
    Query(
        description="How all that match are counted, for `numberMatched`: `exact`, however long it takes; as an"
        " `estimate`; or not at all (`none`). Where this is left out, exactly if the database knows the number or"
        f" there are no more than {COUNTED_MAX}; else `numberMatched` is left out. Example: `exact`",
        examples=["exact"],
        json_schema_extra={"enum": list(parameters.COUNTINGS)},
    ),
]


def after_like(example: str) -> Any:
    """Where a page goes on."""
    return Query(
        description=f"Where the page before ended: its `next` link knows. Example: `{example}`", examples=[example]
    )


def paging(  # noqa: PLR0917 — the framework names every argument
    request: Request,
    limit: Limit = LIMIT_DEFAULT,
    after: Annotated[str | None, after_like("2023-07-12~0")] = None,
    offset: Offset = 0,
    sortby: Annotated[
        str | None,
        Query(
            description=f"Some of {', '.join(f'`{name}`' for name in SORTABLE)}, with commas between; the greatest"
            " first where a minus stands before. `-start`, the latest first, where this is left out."
            " Example: `-published,event`",
            examples=["-published,event"],
            json_schema_extra={ARRAY: {"type": "array", "minItems": 1, "items": SORTED}},
        ),
    ] = None,
    count: Count = None,
) -> Paging:
    return page_of(request, limit, after, offset, parameters.sort("sortby", sortby), count)


def page_of(  # noqa: PLR0917
    request: Request, limit: int, after: str | None, offset: int, sort: tuple[Sort, ...], count: str | None
) -> Paging:
    """BadParameter for what is no place in a list of that order."""
    counting = parameters.counting("count", count)
    limited = "limit" in request.query_params
    if after is not None and offset:
        raise BadParameter(
            "offset", "a page begins after another, or at an offset, not both", "one of after and offset"
        )
    key = None if after is None else parameters.key("after", after, sort)
    return Paging(min(limit, LIMIT_MAX), key, offset, sort, counting, limited)


Pages = Annotated[Paging, Depends(at_once(paging))]
