// The ground under the claims: land, oblasts, rivers and names, all from this server.

import { basemap } from "./api.js";
import { holds } from "./geometry.js";

let oblasts = [];

const EMPTY = { type: "FeatureCollection", features: [] };
export const collection = (features) => ({ type: "FeatureCollection", features });

/** From which zoom on a settlement's name is shown, by population. */
const ZOOMS = [
  [700000, 4],
  [250000, 5],
  [90000, 6],
  [30000, 7],
  [10000, 8],
  [3000, 9],
];

/** The basemap's sources by name, and what could not be loaded: the claims are shown without it all the same. */
export async function loadBasemap() {
  const names = ["land", "oblasts", "waters", "names"];
  const answers = await Promise.allSettled(names.map(basemap));
  const missing = names.filter((_, i) => answers[i].status === "rejected");
  const sources = Object.fromEntries(names.map((name, i) => [name, answers[i].value ?? EMPTY]));
  oblasts = sources.oblasts.features;
  for (const { properties } of sources.names.features)
    properties.zoom = ZOOMS.find(([people]) => properties.population >= people)?.[1] ?? 10;
  return { sources, missing };
}

/** The name of the oblast a point lies in, to tell villages of one name apart. */
export function oblastAt(lon, lat) {
  return oblasts.find(({ geometry }) => holds(geometry, [lon, lat]))?.properties.name;
}

/** Places as points that carry their names. */
export const marked = (places) =>
  collection(
    places
      .filter(({ lon }) => typeof lon === "number")
      .map(({ id, name, lon, lat }) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: [lon, lat] },
        properties: { id, name },
      })),
  );

/** The places that claims are told of, to be named whatever their size, beside their mark; areas carry their own names. */
export function namedPlaces(features, stacks) {
  const marks = new Map(
    stacks
      .filter(({ properties }) => properties.point)
      .map(({ geometry, properties }) => [geometry.coordinates.join(), properties.radius]),
  );
  const places = new Map();
  for (const { properties } of features) {
    const { place_id: id, place_name: name, anchor_lon: lon, anchor_lat: lat, geo_precision: precision } = properties;
    if (!id || !name || typeof lon !== "number" || typeof lat !== "number" || AREAS.has(String(precision))) continue;
    if (!places.has(id)) places.set(id, named(id, name, [lon, lat], marks));
    places.get(id).properties.count += 1;
  }
  return collection([...places.values()]);
}

/** Raion, oblast, country, beyond. */
const AREAS = new Set(["3", "4", "6", "7"]);

function named(id, name, coordinates, marks) {
  const beside = marks.get(coordinates.join()) ?? 0;
  return {
    type: "Feature",
    geometry: { type: "Point", coordinates },
    properties: { id, name, count: 0, beside, shift: [beside + 1, 0] },
  };
}
