"""Distances and bearings on a sphere, for many places at once; half a per cent off the ellipsoid is near enough."""

import numpy as np
from numpy.typing import NDArray

from app.resolving import weights

EARTH_KM = 6371.0088
Array = NDArray[np.float64]


def vectors(lon: Array, lat: Array) -> Array:
    """Unit vectors, one more axis of three."""
    x, y = np.radians(lon), np.radians(lat)
    return np.stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)], axis=-1)


def apart_km(cosine: Array) -> Array:
    """Between unit vectors whose dot product is `cosine`; good to a few metres."""
    half_chord = np.sqrt(np.maximum((1.0 - cosine) / 2, 0.0))
    km: Array = 2 * EARTH_KM * np.arcsin(np.minimum(half_chord, 1.0))
    return km


def distance_km(one: Array, other: Array) -> Array:
    """Between unit vectors, over their last axis."""
    return apart_km((one * other).sum(-1))


def bearing(lon: Array, lat: Array, to_lon: Array, to_lat: Array) -> Array:
    """Degrees clockwise from north, -180 to 180."""
    east = np.radians(to_lon - lon)
    y, to_y = np.radians(lat), np.radians(to_lat)
    x = np.sin(east) * np.cos(to_y)
    north = np.cos(y) * np.sin(to_y) - np.sin(y) * np.cos(to_y) * np.cos(east)
    degrees: Array = np.degrees(np.arctan2(x, north))
    return degrees


NEUTRAL = 0.35
"""What a pair says of which one is no spot: as much as 25 km."""


def farness(km: Array) -> Array:
    """0 up to NEAR_KM, 1 from FAR_KM on, by the logarithm between; NEUTRAL where the distance is unknown."""
    span = np.log(weights.FAR_KM / weights.NEAR_KM)
    scaled = np.log(np.maximum(km, weights.NEAR_KM) / weights.NEAR_KM) / span
    return np.where(np.isnan(km), NEUTRAL, np.minimum(scaled, 1.0))
