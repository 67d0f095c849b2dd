"""What `make contract` leaves out of the requests that it makes up from the API description."""

from typing import Any

import schemathesis

from app.api.asked.paging import LIMIT_MAX


@schemathesis.hook
def filter_case(context: schemathesis.HookContext, case: schemathesis.Case[Any]) -> bool:
    """A limit above the maximum is against the description, and all the same no error: OGC 17-069r4, requirement
    /req/core/fc-limit-response-1. `tests/api/ogc` holds that it is taken as the maximum."""
    limit = (case.query or {}).get("limit")
    return not (isinstance(limit, int | str) and str(limit).isdecimal() and int(limit) > LIMIT_MAX)
