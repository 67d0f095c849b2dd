"""What a report says itself of where a name is, "Maiorsk (20 km south of Bakhmut)", held against the candidates."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from app.domain.place import Place
from app.resolving import weights
from app.resolving.context import Gloss
from app.resolving.shortlist import Shortlist
from app.resolving.sphere import Array, bearing, distance_km, vectors


class Glosses:
    """What lying elsewhere than a gloss says costs a candidate of the name explained, or of the one it is told from."""

    def __init__(self, glosses: Sequence[Gloss], lists: Sequence[Shortlist]) -> None:
        ends = list(accumulate(len(each.costs) for each in lists))
        self._tables = [
            (
                slice(ends[g.of] - len(lists[g.of].costs), ends[g.of]),
                slice(ends[g.anchor] - len(lists[g.anchor].costs), ends[g.anchor]),
                _contradicted(lists[g.of].places, lists[g.anchor].places, g),
            )
            for g in glosses
            if len(lists[g.of].costs) and len(lists[g.anchor].costs)
        ]

    def costs(self, now: Array) -> Array:
        """Of each candidate in the row. The other name stands wherever it suits, at what that costs in `now`.

        A gloss that nothing meets speaks against all candidates of the name it explains, but not against the name it is
        told from: "5 km south of Bakhmut" leaves no doubt about Bakhmut.
        """
        added = np.zeros_like(now)
        for of, anchor, table in self._tables:
            lead_of = now[of] - now[of].min()
            lead_anchor = now[anchor] - now[anchor].min()
            added[of] += np.minimum((table + lead_anchor[None, :]).min(axis=1), weights.GLOSS)
            told_from = np.minimum((table + lead_of[:, None]).min(axis=0), weights.GLOSS)
            added[anchor] += told_from - told_from.min()
        return added


def _contradicted(places: Sequence[Place], anchors: Sequence[Place], gloss: Gloss) -> Array:
    """GLOSS for each pair that the gloss contradicts, else 0; 0 too where either is no spot."""
    lon, lat = _coordinates(places)
    from_lon, from_lat = _coordinates(anchors)
    km = distance_km(vectors(lon, lat)[:, None, :], vectors(from_lon, from_lat)[None, :, :])
    wrong = np.zeros(km.shape, dtype=bool)
    if gloss.distance_km:
        low, high, slack = weights.GLOSS_RANGE
        wrong |= (km < low * gloss.distance_km - slack) | (km > high * gloss.distance_km + slack)
    else:
        wrong |= km > weights.GLOSS_REACH_KM
    if gloss.bearings:
        seen = bearing(from_lon[None, :], from_lat[None, :], lon[:, None], lat[:, None])
        off = [np.abs((seen - b + 180) % 360 - 180) > weights.GLOSS_ANGLE for b in gloss.bearings]
        wrong |= np.logical_and.reduce(off)
    return np.where(wrong, weights.GLOSS, 0.0)


def _coordinates(places: Sequence[Place]) -> tuple[Array, Array]:
    nowhere = float("nan")
    lon = np.array([nowhere if p.lon is None else p.lon for p in places])
    lat = np.array([nowhere if p.lat is None else p.lat for p in places])
    return lon, lat
