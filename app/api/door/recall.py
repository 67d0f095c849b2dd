"""What was answered to whom lately, so that "not modified" is told before a route looks at the request.

An answer is that to one address in one state of the data: where the state is still the same and the client holds the
answer, nothing has to be read, found or made. The state is asked for after the request came, never remembered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.answer.responses import caching
from app.domain.lately import Lately
from app.store.read.pages import Pages
from app.store.read.state import State

ANSWERS_MAX = 10_000
"""The one that was used longest ago goes first; whoever asks for it is answered by the route."""
_STATE = "frontline.state"
_VARYING = ("host", "accept", "accept-encoding")


def recallable(request: Request, state: State) -> None:
    """The answer follows from the address, the state, the day and `_VARYING`, and from nothing else."""
    request.scope[_STATE] = state.number


@dataclass(frozen=True, slots=True)
class _Answer:
    tag: str
    number: int
    day: date
    """Names of parts of the front are dated: the same words may mean another area tomorrow."""
    route: Any
    """For the metrics."""


class Recall:
    def __init__(self, app: ASGIApp, pages: Pages, today: Callable[[], date]) -> None:
        self.app = app
        self._pages, self._today = pages, today
        self._answers = Lately[tuple[object, ...], _Answer](ANSWERS_MAX)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key = scope["scheme"], scope["path"], scope["query_string"], *(headers.get(name) for name in _VARYING)
        if (known := self._answers.get(key)) and await self._is_held(known, headers.get("if-none-match", "")):
            self._answers[key] = known
            scope["route"] = known.route
            await Response(status_code=304, headers=caching(known.tag))(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if _STATE in scope and message["type"] == "http.response.start" and message["status"] == 200:
                tag = Headers(raw=message["headers"])["etag"].strip('"')
                self._answers[key] = _Answer(tag, scope[_STATE], self._today(), scope.get("route"))
            await send(message)

        await self.app(scope, receive, sent)

    async def _is_held(self, known: _Answer, held: str) -> bool:
        if f'"{known.tag}"' not in held or known.day != self._today():
            return False
        try:
            return (await self._pages.state()).number == known.number
        except SQLAlchemyError:
            return False  # the route meets the same trouble, and tells it
