"""Which places of known population lie around a point?"""

import bisect
import math

from app.gazetteer.file import Query

_KM_PER_DEGREE = 111.19
"""A little less than there are, so that nothing within the distance falls outside the strip."""
_NARROWEST = 1e-6


class Neighbours:
    """Points sorted by latitude; distances on the sphere, good to half a per cent, which ranking does not notice."""

    def __init__(self, query: Query) -> None:
        self._rows: list[tuple[float, float, str]] = query(
            "SELECT lat, lon, id FROM places WHERE population IS NOT NULL AND lat IS NOT NULL"
            " AND kind IN ('settlement', 'city') AND precision = 'exact' ORDER BY lat, lon, id"
        )

    def around(self, lon: float, lat: float, within_km: float) -> list[str]:
        """Ids within the distance, nearest first."""
        reach = within_km / _KM_PER_DEGREE
        first = bisect.bisect_left(self._rows, (lat - reach, -math.inf, ""))
        last = bisect.bisect_right(self._rows, (lat + reach, math.inf, ""))
        wide = reach / max(math.cos(math.radians(min(abs(lat) + reach, 90.0))), _NARROWEST)
        strip = ((row, abs(row[1] - lon)) for row in self._rows[first:last])
        near = [(_km(lon, lat, row[1], row[0]), row[2]) for row, off in strip if off <= wide or off >= 360 - wide]
        return [place_id for km, place_id in sorted(near) if km <= within_km]


def _km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Haversine."""
    dlat, dlon = math.radians(other_lat - lat), math.radians(other_lon - lon)
    a = (
        math.sin(dlat / 2) ** 2
        + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(dlon / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(a))
