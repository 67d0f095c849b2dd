"""Every number that turns words into areas, each with its reason; GEOMETRY's table is made of these.

Where a share is "measured", it was counted on 9,722 sentences "d km DIRECTION of X", written by people, whose true
places are known (see docs/phrases.md); everything else is a choice, and footprints drawn from choices carry no
probability.
"""

from math import erf, exp, log, sqrt
from typing import Final

from app.domain.vocabulary import Compass

RULES_VERSION: Final = "2026.1"
"""Raise it whenever a footprint of any expression changes."""

# ---- a place's own extent ------------------------------------------------------------------------
RADIUS_KM_PER_ROOT_PERSON: Final = 0.0145
"""Built-up areas hold about 1,500 people a square kilometre: r = sqrt(population / (1,500 pi))."""
RADIUS_MIN_KM: Final = 0.5
"""Below this a village's streets are longer than the law says, and coordinates are no better anyway."""
RADIUS_UNKNOWN_KM: Final = 0.8
"""A village of 3,000, so that a place of unknown size is drawn rather too wide than too narrow."""
FACILITY_RADIUS_KM: Final = 1.0
"""Airfields, plants and forests are a kilometre or two across, and reports name them as a whole."""

# ---- near, outskirts, toward, operational directions ---------------------------------------------
NEAR_VILLAGE_KM: Final = 5.0
"""A choice: farther off than this there is mostly a nearer village that a report would name."""
NEAR_CITY_KM: Final = 10.0
"""A city is known further off, so "near" reaches further."""
OUTSKIRTS_INNER_SHARE: Final = 0.5
"""Outskirts begin half way from the centre to the edge."""
OUTSKIRTS_BEYOND_KM: Final = 2.0
"""…and end where the open country begins: a choice."""
TOWARD_KM: Final = 10.0
"""A choice: a move "toward X" without a stated start is told of within so much of X."""
DIRECTION_RADIUS_KM: Final = 20.0
"""A choice, where the register has no area: about half the way from one direction's town to the next."""

# ---- bearings without a distance -----------------------------------------------------------------
BEARING_HALF_ANGLE: Final = 45.0
"""Degrees either side. Measured for eight winds: +-22.5 holds .63, +-45 holds .78."""
D50_INTERCEPT: Final = -0.724
D50_SLOPE: Final = 0.280
"""Measured: ln(median distance, km) = intercept + slope * ln(population of the anchor)."""
DISTANCE_SIGMA: Final = 1.0
"""Spread of ln(distance) about its median: the one with which d50 * e^1.28 holds nine tenths."""
D90_LOG: Final = 1.28
BEARING_CAP_KM: Final = 40.0
"""Beyond this another town is always nearer and is named instead."""
BEARING_PROBABILITY: Final = {4: 0.75, 8: 0.78, 16: 0.78}
"""Measured, before cuts, by the number of winds of the rose the bearing belongs to."""

# ---- where a wedge without distance is cut -------------------------------------------------------
CUT_SHARE: Final = 0.5
"""Half way to the next place of like size: what lies beyond is told from there."""
CUT_LIKE_SIZE: Final = 0.5
"""Of like size is a place of at least half the anchor's people (a larger one draws the telling to itself even more)."""
CUT_FLOOR_D50: Final = 1.5
"""But never nearer than 1.5 median distances: half of all such sentences mean places beyond the median, however close
the neighbours are. South of Bakhmut, Toretsk (25 km) and Horlivka (30 km) would cut at 13 and 15 km what reports use up
to 16 km."""

SHORE_KM: Final = 2.0
"""Wedges are cut at the sea so far off the mapped coast, which is simplified: no village on the shore is cut away."""

# ---- bearings with a distance --------------------------------------------------------------------
RANGE_HALF_ANGLE: Final = {4: 45.0, 8: 35.0, 16: 25.0}
"""Degrees either side, by winds. Measured with the ranges below."""
RANGE_INNER: Final = 0.70
RANGE_OUTER: Final = 1.20
RANGE_SLACK_KM: Final = 0.7
"""From .70d - r/2 - .7 km to 1.20d + r/2 + .7 km: people round, and measure from the centre or from the edge."""
RANGE_BEST: Final = 0.97
"""Measured: stated distances are a little longer than true ones."""
RANGE_PROBABILITY: Final = 0.91
"""Measured for Ukraine and Russia (.94 over all; .90-.94 by the rose)."""

# ---- distances without a bearing -----------------------------------------------------------------
RING_INNER: Final = 0.8
RING_OUTER: Final = 1.1

DISTANCES_KM: Final = (0.1, 2000.0)
"""Shorter ones are within what a coordinate can say, longer ones say nothing that could be searched."""

# ---- corridors -----------------------------------------------------------------------------------
CORRIDOR_MIN_KM: Final = 1.0
CORRIDOR_SHARE: Final = 0.20
"""Half-width, of the length. Measured: holds .82 of places "between A and B"."""
CORRIDOR_PROBABILITY: Final = 0.82
CORRIDOR_MAX_KM: Final = 500.0
"""Two places farther apart than that, half of Ukraine, bound no ground that an event could be placed in."""
LINE_HALF_WIDTH_KM: Final = 2.0
"""For "the A-B line" or road, which is a line and no wider the longer it is."""

# ---- rivers, coasts and borders ------------------------------------------------------------------
FAN_KM: Final = 600.0
"""Farther than any oblast reaches from its middle; only the directions of such a fan are used."""
ALONG_KM: Final = 2.0
"""A choice: a river, its flood plain and what stands on its banks."""
BORDER_KM: Final = 10.0
"""A choice: as deep as the area near a city."""
REACH_KM: Final = 30.0
"""Of a river told of with villages: the reach within 30 km of them. Reports' villages of one passage lie that close."""

# ---- areas ---------------------------------------------------------------------------------------
SIMPLIFY_DEGREES: Final = 0.002
"""150-220 m: far below what an oblast as a place can say."""
CENTRAL_SHARE: Final = 0.5
"""The middle half of each dimension."""

# ---- drawing -------------------------------------------------------------------------------------
ARC_STEP_DEGREES: Final = 5.0
"""Chords of 5 degrees fall short of the arc by a thousandth of the radius."""
EDGE_STEP_KM: Final = 10.0
"""Straight edges are broken this often, so that a geodesic edge is kept to 5 m when drawn straight in degrees."""
DECIMALS: Final = 6
"""RFC 7946, section 11.2: about 10 cm."""


def settlement_radius_km(population: int | None) -> float:
    """Radius of the built-up area, >= 0.5 km."""
    if not population:
        return RADIUS_UNKNOWN_KM
    return max(RADIUS_MIN_KM, RADIUS_KM_PER_ROOT_PERSON * sqrt(population))


def population_of_radius(radius_km: float) -> float:
    return (radius_km / RADIUS_KM_PER_ROOT_PERSON) ** 2


def median_distance_km(radius_km: float) -> float:
    """d50: how far from a place of this radius half of all "north of X" are.

    By radius and not by population, so that the smallest villages, whose population is known worst, share one distance.
    """
    return exp(D50_INTERCEPT + D50_SLOPE * log(population_of_radius(radius_km)))


def bearing_reach_km(radius_km: float) -> float:
    """Outer radius of a wedge without distance, before cuts; always well outside the place itself."""
    reach = min(BEARING_CAP_KM, median_distance_km(radius_km) * exp(D90_LOG))
    return max(reach, radius_km + NEAR_CITY_KM)


def bearing_probability(compass: Compass, radius_km: float, outer_km: float) -> float:
    """The measured share, less what the measured distance law puts between `outer_km` and the uncut reach."""
    kept = _within(outer_km, radius_km) / _within(bearing_reach_km(radius_km), radius_km)
    return round(BEARING_PROBABILITY[compass.winds] * min(1.0, kept), 2)


def _within(distance_km: float, radius_km: float) -> float:
    """Share of distances below `distance_km` under the lognormal law."""
    z = log(distance_km / median_distance_km(radius_km)) / DISTANCE_SIGMA
    return 0.5 * (1 + erf(z / sqrt(2)))


def corridor_half_width_km(length_km: float) -> float:
    return max(CORRIDOR_MIN_KM, CORRIDOR_SHARE * length_km)


def range_km(distance_km: float, radius_km: float) -> tuple[float, float]:
    """Inner (>= 0) and outer radius of "d km DIRECTION of X"."""
    inner = RANGE_INNER * distance_km - radius_km / 2 - RANGE_SLACK_KM
    return max(0.0, inner), RANGE_OUTER * distance_km + radius_km / 2 + RANGE_SLACK_KM
