"""What a client is told when something goes wrong: one table from error to answer, one shape (RFC 9457)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.domain.errors import BadParameter, UnsettledPhrase
from app.domain.wire import candidate_json

PROBLEM = "application/problem+json"
RETRY = {"Retry-After": "5"}
NOT_SET_UP = (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn, psycopg.errors.InsufficientPrivilege)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Problem:
    status: int
    detail: str
    members: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return HTTPStatus(self.status).phrase

    def response(self) -> Response:
        body = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.members,
        }
        return JSONResponse(body, self.status, {"Cache-Control": "no-store", **self.headers}, PROBLEM)


class Busy(HTTPException):
    """More of one kind of work than is done at once."""

    def __init__(self) -> None:
        super().__init__(503, "too many requests at once; try again", RETRY)


class NotFound(HTTPException):
    def __init__(self, what: str) -> None:
        super().__init__(404, f"there is no {what}")


def _bad_parameter(error: BadParameter) -> Problem:
    return Problem(400, f"{error.name}: {error}", {"name": error.name, "right": error.right})


RIGHT: Mapping[str, str] = {
    "missing": "a value",
    **dict.fromkeys(("int_parsing", "int_type", "int_parsing_size", "int_from_float"), "a whole number"),
    **dict.fromkeys(("float_parsing", "float_type", "finite_number"), "a number, with a point before its decimals"),
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "string_too_long": "{max_length} or fewer letters",
    "string_too_short": "{min_length} or more letters",
    "literal_error": "{expected}",
    "enum": "{expected}",
}
"""What would be right, by the kind of mistake that the framework finds."""


def _invalid(error: RequestValidationError) -> Problem:
    first = error.errors()[0]
    name, given = str(first["loc"][-1]), str(first["input"])[:100]
    right = RIGHT[first["type"]].format(**first.get("ctx", {})) if first["type"] in RIGHT else first["msg"]
    wrong = "it is missing" if first["type"] == "missing" else f"“{given}” is not {right}"
    return Problem(400, f"{name}: {wrong}", {"name": name, "right": right})


def _unsettled(error: UnsettledPhrase) -> Problem:
    told = [(candidate_json(each), error.within.get(each.place.id, "")) for each in error.candidates]
    candidates = [{**candidate, "within": within} for candidate, within in told]
    return Problem(422, str(error), {"phrase": error.phrase, "understood": error.understood, "candidates": candidates})


def _http(error: HTTPException) -> Problem:
    return Problem(error.status_code, str(error.detail), headers=error.headers or {})


def _database(_error: Exception) -> Problem:
    """Out of reach, restarting, or out of time. Whatever it says stays in the log."""
    return Problem(503, "the database did not answer in time; try again, or ask for less", headers=RETRY)


def _incomputable(_error: DataError) -> Problem:
    """The database was asked for what it cannot reckon with; which value that was stays in the log."""
    return Problem(400, "the question holds a value that the database cannot reckon with")


def _full(_error: PoolTimeout) -> Problem:
    return Problem(503, "too many requests at once; try again", headers=RETRY)


def _undone(error: DBAPIError) -> Problem:
    """What the database says of its own state is no mistake of ours; the rest is."""
    if isinstance(error.orig, NOT_SET_UP):
        return Problem(
            503, "the database is not set up for this version; `frontline db migrate` does it", headers=RETRY
        )
    if error.connection_invalidated or isinstance(error.orig, psycopg.errors.IdleInTransactionSessionTimeout):
        return Problem(503, "the database ended the connection; try again", headers=RETRY)
    raise error


def bug(request_id: str | None) -> Problem:
    return Problem(500, "something is wrong on this side; it was logged", {"request_id": request_id})


ANSWERS: dict[type[Exception], Callable[[Any], Problem]] = {
    BadParameter: _bad_parameter,
    RequestValidationError: _invalid,
    UnsettledPhrase: _unsettled,
    HTTPException: _http,
    OperationalError: _database,
    InterfaceError: _database,
    DBAPIError: _undone,
    psycopg.OperationalError: _database,
    DataError: _incomputable,
    PoolTimeout: _full,
}


def add_handlers(api: FastAPI) -> None:
    for kind, answer in ANSWERS.items():
        api.add_exception_handler(kind, _handler(answer))


def _handler(answer: Callable[[Any], Problem]) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, error: Exception) -> Response:
        problem = answer(error)
        if (
            problem.status == HTTPStatus.NOT_FOUND and problem.detail == problem.title
        ):  # no route: the framework's words
            problem = replace(problem, detail=f"there is no address {request.url.path[:200]}; / and /docs lead to all")
        if problem.status == HTTPStatus.METHOD_NOT_ALLOWED:
            return _other_method(request, problem)
        if problem.status >= 500:
            request.scope["failure"] = type(getattr(error, "orig", error)).__name__  # for the log
        return problem.response()

    return handle


def _other_method(request: Request, problem: Problem) -> Response:
    """The framework names the methods of one route; the address may have several, HEAD goes wherever GET does, and
    OPTIONS everywhere."""
    methods = {method for method in METHODS if _taken(request, method)} | {"OPTIONS"}
    if "GET" in methods:
        methods.add("HEAD")
    allow = {"Allow": ", ".join(sorted(methods))}
    if request.scope["method"] == "OPTIONS":
        return Response(status_code=204, headers=allow)
    detail = f"this address takes no {request.method[:20]}, but {allow['Allow']}"
    return replace(problem, detail=detail, headers=allow).response()


def _taken(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes)
