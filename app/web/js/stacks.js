// Claims with the same footprint are drawn once, as a stack: forty reports about one town must not pile up into a black
// spot, and none of them may be moved aside.

import { collection } from "./basemap.js";
import { bounds, circle } from "./geometry.js";
import { group } from "./group.js";
import { ACTORS, EVENT_CLASSES, LINES, eventClass } from "./words.js";

const FIRMNESS = ["dotted", "dashed", "solid"];

/** [{id, geometry, claims, properties}], widest first. */
export function stack(features) {
  const drawable = features.filter(({ geometry }) => geometry);
  const groups = group(drawable, ({ geometry }) => JSON.stringify(geometry.coordinates ?? geometry.geometries));
  const stacks = [...groups.values()].map((claims) => ({
    geometry: claims[0].geometry,
    claims,
    properties: properties(claims),
  }));
  return stacks.sort((a, b) => b.properties.size - a.properties.size).map((one, index) => ({ ...one, id: index + 1 }));
}

function properties(claims) {
  const [west, south, east, north] = bounds(claims[0].geometry);
  const looks = counts(Object.keys(EVENT_CLASSES), claims, ({ event }) => eventClass(event));
  const actors = counts(Object.keys(ACTORS), claims, ({ actor }) => actor ?? "unknown");
  return {
    point: claims[0].geometry.type === "Point",
    look: looks.reduce((a, b) => (b[1] > a[1] ? b : a))[0],
    looks: looks.flat().join(),
    actors: actors.flat().join(),
    uncertainty: Math.max(...claims.map((claim) => claim.properties.uncertainty_m ?? 0)),
    radius: Math.min(20, Math.round(6 + 2.2 * Math.log2(claims.length))),
    size: (east - west) * (north - south),
  };
}

/** [[name, how many]…] in the order of `names`, without those that do not occur. */
function counts(names, claims, key) {
  const groups = group(claims, (claim) => key(claim.properties));
  return names.filter((name) => groups.has(name)).map((name) => [name, groups.get(name).length]);
}

const drawn = ({ id, geometry, properties: values }) => ({ type: "Feature", id, geometry, properties: values });

/** The map's sources: areas and their outlines, points and the rings of their uncertainty. */
export function layers(stacks) {
  const points = stacks.filter((one) => one.properties.point);
  const areas = stacks.filter((one) => !one.properties.point);
  return {
    sectors: collection(areas.map(drawn)),
    outlines: collection(areas.flatMap(outlines)),
    points: collection(points.map(drawn)),
    rings: collection(points.filter((one) => one.properties.uncertainty > 0).map(ring)),
  };
}

/** One outline for each actor, side by side, drawn as firmly as the firmest claim about it. */
function outlines({ id, geometry, claims, properties: { uncertainty } }) {
  const actors = [...group(claims, (claim) => claim.properties.actor ?? "unknown").entries()];
  return actors.map(([actor, theirs], place) => {
    const line =
      FIRMNESS[Math.max(...theirs.map((claim) => FIRMNESS.indexOf(LINES[claim.properties.claim_status] ?? "dashed")))];
    return { type: "Feature", id, geometry, properties: { actor, line, uncertainty, offset: place * 2.6 } };
  });
}

function ring({ geometry, properties: { uncertainty } }) {
  return {
    type: "Feature",
    geometry: { type: "LineString", coordinates: circle(geometry.coordinates, uncertainty) },
    properties: {},
  };
}
