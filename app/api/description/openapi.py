"""The description of the API for programs, as OpenAPI 3.0, which the framework writes as 3.1."""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from app.api.answer.responses import answer, compact, unchanged, validator
from app.api.asked.filters import ARRAY
from app.api.description.operations import KEY, OPENAPI, documented

VERSION = "3.0.3"
SCHEME = {KEY: {"type": "http", "scheme": "bearer", "description": "A key that `frontline keys add` made."}}
HOW_TO = """

**A spreadsheet of what was said:** open `GET /features`, press *Try it out*, fill in `direction` (`south of Bakhmut`)
and `datetime` (`2023-07-01/2023-07-31`), choose `csv` as `f` at the end of the list, press *Execute*, then
*Download file*.
Each row is a place of a claim: `speaker` says it, `quote` are the words, `citation` is where they stand.
"""
NOTHING = {"summary": "(not asked)", "value": ""}
Schema = dict[str, Any]


def describe(app: FastAPI) -> None:
    """Make the description say what is so, and serve it.

    The framework's own 422 never happens, and no parameter can be null. `app.state.examples` are ids that are stored,
    by the name of the path parameter's type.
    """
    made: Callable[[], dict[str, Any]] = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _corrected(made(), app.state.examples)
        return app.openapi_schema

    async def served(request: Request) -> Response:
        """This description."""
        return await _sent(request, openapi())

    async def served_to_try(request: Request) -> Response:
        return await _sent(request, _blank(openapi()))

    app.openapi = openapi  # type: ignore[method-assign]
    routes = app.router.routes
    routes[:] = [each for each in routes if getattr(each, "path", "") != app.openapi_url]
    what = documented(OPENAPI, "The description.")
    app.add_api_route(str(app.openapi_url), served, methods=["GET"], name="openapi", tags=["operations"], **what)
    app.add_api_route("/docs/openapi.json", served_to_try, methods=["GET"], include_in_schema=False)


async def _sent(request: Request, told: dict[str, Any]) -> Response:
    text = compact(told)
    tag = validator(request, text)
    return unchanged(request, tag) or await answer(request, text, OPENAPI, tag)


def _blank(told: dict[str, Any]) -> dict[str, Any]:
    """For the page where requests are tried, which fills in whatever example and default it finds: a hundred features
    in place of all in a spreadsheet, and narrower ones than were asked for."""
    blank: dict[str, Any] = deepcopy(told)
    blank["info"]["description"] += HOW_TO
    for path in blank["paths"].values():
        for parameter in (each for operation in path.values() for each in operation.get("parameters", ())):
            if not parameter["required"]:
                parameter.pop("example", None)
                parameter["schema"].pop("default", None)
                if parameter["schema"].get("type") == "array" and "enum" not in parameter["schema"]["items"]:
                    parameter["schema"] = {"type": "string"}  # one field, not one for each number
                if "examples" in parameter:
                    parameter["examples"] = {"none": NOTHING, **parameter["examples"]}
    return blank


def _corrected(told: dict[str, Any], examples: Mapping[str, str]) -> dict[str, Any]:
    named = told.pop("components", {}).get("schemas", {})
    for path in told["paths"].values():
        for operation in path.values():
            operation["summary"] = _first_words(operation["description"])
            _only_what_happens(operation["responses"])
            for parameter in operation.get("parameters", ()):
                _correct(parameter, named, examples)
    told["components"] = {"securitySchemes": SCHEME}
    whole: dict[str, Any] = json.loads(json.dumps({**told, "openapi": VERSION}))
    return whole


def _first_words(text: str) -> str:
    return re.split(r"[.:;](?:\s|$)", " ".join(text.split()), maxsplit=1)[0]


def _only_what_happens(responses: Schema) -> None:
    """The framework tells of its own 422, and of JSON besides whatever an answer is."""
    if responses.get("422", {}).get("content", {}).get("application/json"):
        del responses["422"]
    content = next(responses[status]["content"] for status in ("200", "202") if status in responses)
    if content.get("application/json") == {"schema": {}}:
        del content["application/json"]


def _correct(parameter: Schema, named: Mapping[str, Schema], examples: Mapping[str, str]) -> None:
    schema = parameter["schema"]
    for kind in schema.pop("anyOf", ()):
        if kind != {"type": "null"}:
            schema.update(kind)
    if reference := schema.pop("$ref", None):
        schema.update(named[reference.rpartition("/")[2]])
    for said in ("title", "description"):  # told of the parameter itself
        schema.pop(said, None)
    shown = schema.pop("examples", [])
    if known := examples.get(schema.pop("x-id-of", "")):
        shown = [known]
    if ARRAY in schema:
        items = schema.pop(ARRAY)
        schema.clear()
        schema.update(items)
    if parameter["in"] == "query":
        parameter.update(style="form", explode=False)
    if shown and "examples" not in parameter:  # none where nothing is stored yet that could be one
        parameter["example"] = shown[0]
