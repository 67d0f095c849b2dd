"""Distances and bearings on a sphere, for many places at once; half a per cent off the ellipsoid is near enough."""

import numpy as np
from numpy.typing import NDArray

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
