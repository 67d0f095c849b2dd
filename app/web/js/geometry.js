// Boxes and circles on the globe, in WGS 84 degrees as GeoJSON has them.

const EARTH_M = 6371008.8;
const RADIANS = Math.PI / 180;

function* positions(coordinates) {
  if (typeof coordinates[0] === "number") yield coordinates;
  else for (const part of coordinates) yield* positions(part);
}

/** [west, south, east, north], or null for a feature without a geometry. */
export function bounds(geometry) {
  if (!geometry) return null;
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of geometry.geometries ?? [geometry]) {
    for (const [lon, lat] of positions(part.coordinates)) {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    }
  }
  return box;
}

export function unite(boxes) {
  const known = boxes.filter(Boolean);
  if (!known.length) return null;
  return known.reduce((a, b) => [
    Math.min(a[0], b[0]),
    Math.min(a[1], b[1]),
    Math.max(a[2], b[2]),
    Math.max(a[3], b[3]),
  ]);
}

/** Where most of the boxes' middles lie: the outer twentieth on each side is left out, and some ground put around. */
export function core(boxes) {
  const known = boxes.filter(Boolean);
  if (known.length < 20) return unite(known);
  const middle = (low, high) => known.map((box) => (box[low] + box[high]) / 2).sort((a, b) => a - b);
  const [lons, lats] = [middle(0, 2), middle(1, 3)];
  const at = (sorted, share) => sorted[Math.floor((sorted.length - 1) * share)];
  return [at(lons, 0.05) - 0.3, at(lats, 0.05) - 0.3, at(lons, 0.95) + 0.3, at(lats, 0.95) + 0.3];
}

export const overlap = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** A closed ring of points `radius` metres from a centre, on a sphere (within 0.6 % of the ellipsoid). */
export function circle([lon, lat], radius, steps = 72) {
  const angle = radius / EARTH_M;
  const ring = [];
  for (let step = 0; step <= steps; step += 1) {
    const bearing = (-2 * Math.PI * step) / steps;
    const sine =
      Math.sin(lat * RADIANS) * Math.cos(angle) + Math.cos(lat * RADIANS) * Math.sin(angle) * Math.cos(bearing);
    const turn = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * Math.cos(lat * RADIANS),
      Math.cos(angle) - Math.sin(lat * RADIANS) * sine,
    );
    ring.push([lon + turn / RADIANS, Math.asin(sine) / RADIANS]);
  }
  return ring;
}

/** Whether a Polygon or MultiPolygon holds a point: an even-odd count of edges crossed, holes included. */
export function holds({ type, coordinates }, [x, y]) {
  const rings = (type === "Polygon" ? [coordinates] : coordinates).flat();
  const crossed = ([[ax, ay], [bx, by]]) => ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax);
  const edges = rings.flatMap((ring) => ring.slice(1).map((end, i) => [ring[i], end]));
  return edges.filter(crossed).length % 2 === 1;
}
