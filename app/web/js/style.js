// The MapLibre style: a quiet basemap from the project's own geodata, and above it the claims.

import { ON_DOT, labelImage, pieImage } from "./labels.js";

const byLook = (colours) => ["match", ["get", "look"], ...Object.entries(colours).flat(), colours.other];
const byActor = (colours) => ["match", ["get", "actor"], ...Object.entries(colours).flat(), colours.unknown];
const lit = (on, off) => ["case", ["boolean", ["feature-state", "lit"], false], on, off];

/** Dashes, in line widths. MapLibre draws one pattern per layer, hence a layer for each. */
const DASHES = { solid: null, dashed: [3, 2], dotted: [0.4, 1.8] };

/** `sources` are GeoJSON objects by name. */
export function style(sources, palette) {
  const geojson = Object.entries(sources).map(([name, data]) => [name, { type: "geojson", data }]);
  return {
    version: 8,
    sources: Object.fromEntries(geojson),
    layers: [ground, sectors, points, chosen, names, search].flatMap((part) => part(palette)),
  };
}

function ground(palette) {
  const line = (id, source, colour, width, filter) => ({
    id,
    source,
    type: "line",
    filter,
    paint: { "line-color": colour, "line-width": width },
    layout: { "line-join": "round", "line-cap": "round" },
  });
  const ours = ["==", ["get", "country"], "UA"];
  const finer = ["interpolate", ["linear"], ["zoom"], 4, 0.6, 9, 1.6];
  return [
    { id: "sea", type: "background", paint: { "background-color": palette.sea } },
    {
      id: "abroad",
      source: "land",
      type: "fill",
      paint: { "fill-color": palette.abroad, "fill-outline-color": palette.oblast },
    },
    { id: "country", source: "oblasts", type: "fill", filter: ours, paint: { "fill-color": palette.land } },
    line(
      "rivers",
      "waters",
      palette.water,
      ["interpolate", ["linear"], ["zoom"], 4, 1, 8, 2.4, 12, 5],
      ["==", ["get", "kind"], "river"],
    ),
    line("oblasts", "oblasts", palette.oblast, finer, ["all"]),
    line("border", "oblasts", palette.border, finer, ours),
  ];
}

function sectors(palette) {
  // A wide uncertainty fades: an oblast must not shout louder than a village.
  const fading = (...stops) => [
    "interpolate",
    ["linear"],
    ["ln", ["max", 500, ["get", "uncertainty"]]],
    ...stops.flatMap(([metres, opacity]) => [Math.log(metres), opacity]),
  ];
  const outlines = Object.entries(DASHES).map(([name, dashes]) => ({
    id: `outline-${name}`,
    source: "outlines",
    type: "line",
    filter: ["==", ["get", "line"], name],
    paint: {
      "line-color": byActor(palette.actors),
      "line-width": ["interpolate", ["linear"], ["zoom"], 5, lit(2.4, 0.9), 9, lit(3.6, 1.8)],
      "line-offset": ["interpolate", ["linear"], ["zoom"], 5, ["*", 0.5, ["get", "offset"]], 9, ["get", "offset"]],
      "line-opacity": lit(1, fading([10000, 0.95], [100000, 0.45])),
      ...(dashes ? { "line-dasharray": dashes } : {}),
    },
    layout: { "line-join": "round", "line-cap": name === "dotted" ? "round" : "butt" },
  }));
  const fill = {
    "fill-color": byLook(palette.events),
    "fill-opacity": lit(fading([10000, 0.5], [100000, 0.2]), fading([1000, 0.3], [10000, 0.15], [100000, 0.06])),
  };
  return [{ id: "sectors", source: "sectors", type: "fill", paint: fill }, ...outlines];
}

function points(palette) {
  const halo = {
    "circle-radius": ["+", 5, ["get", "radius"]],
    "circle-color": palette.search,
    "circle-opacity": lit(0.9, 0),
  };
  const mark = {
    "icon-image": pieImage(palette),
    "icon-size": ["interpolate", ["linear"], ["zoom"], 5, 0.75, 8, 1],
    "icon-allow-overlap": true,
    "icon-ignore-placement": true,
    "symbol-sort-key": ["-", ["get", "radius"]],
  };
  return [
    {
      id: "rings",
      source: "rings",
      type: "line",
      paint: { "line-color": palette.search, "line-opacity": 0.4, "line-width": 1, "line-dasharray": [1, 3] },
    },
    { id: "lit", source: "points", type: "circle", paint: halo },
    { id: "points", source: "points", type: "symbol", layout: mark },
  ];
}

function chosen(palette) {
  const area = ["!=", ["geometry-type"], "Point"];
  const wide = (width) => ["interpolate", ["linear"], ["zoom"], 5, width / 2, 9, width];
  const rim = { "line-color": byActor(palette.actors), "line-width": wide(4) };
  const disc = {
    "circle-radius": 9,
    "circle-color": byLook(palette.events),
    "circle-stroke-color": byActor(palette.actors),
    "circle-stroke-width": 4,
  };
  return [
    {
      id: "chosen-fill",
      source: "chosen",
      type: "fill",
      filter: area,
      paint: { "fill-color": byLook(palette.events), "fill-opacity": 0.3 },
    },
    {
      id: "chosen-halo",
      source: "chosen",
      type: "line",
      filter: area,
      paint: { "line-color": palette.land, "line-width": wide(8), "line-opacity": 0.8 },
    },
    { id: "chosen-rim", source: "chosen", type: "line", filter: area, paint: rim },
    { id: "chosen-point", source: "chosen", type: "circle", filter: ["!", area], paint: disc },
  ];
}

function names(palette) {
  const label = (id, source, kind, layout, filter) => ({
    id,
    source,
    type: "symbol",
    ...(filter ? { filter } : {}),
    layout: { "icon-image": labelImage(kind, palette), "icon-padding": 3, ...layout },
  });
  const kind = (name) => ["==", ["get", "kind"], name];
  const known = ["all", kind("settlement"), ["<=", ["get", "zoom"], ["zoom"]]];
  const largest = { "symbol-sort-key": ["-", ["get", "population"]] };
  const most = { "symbol-sort-key": ["-", ["get", "count"]] };
  return [
    label(
      "river-names",
      "waters",
      "water",
      { "symbol-placement": "line", "symbol-spacing": 400, "icon-keep-upright": true },
      kind("river"),
    ),
    label("sea-names", "names", "water", {}, kind("sea")),
    { ...label("oblast-names", "names", "oblast", {}, kind("oblast")), minzoom: 5.5 },
    label("towns", "names", "town", { ...ON_DOT, ...largest }, ["all", known, ["<", ["get", "population"], 90000]]),
    label("cities", "names", "city", { ...ON_DOT, ...largest }, ["all", known, [">=", ["get", "population"], 90000]]),
    label("named", "named", "named", { ...ON_DOT, ...most }, ["==", ["get", "beside"], 0]),
    // Beside its mark, not across it.
    label(
      "named-beside",
      "named",
      "beside",
      { "icon-anchor": "left", "icon-offset": ["array", "number", 2, ["get", "shift"]], ...most },
      [">", ["get", "beside"], 0],
    ),
  ];
}

function search(palette) {
  return [
    {
      id: "search-halo",
      source: "search",
      type: "line",
      paint: { "line-color": palette.land, "line-width": 6, "line-opacity": 0.75 },
    },
    {
      id: "candidates",
      source: "candidates",
      type: "circle",
      paint: {
        "circle-radius": 7,
        "circle-color": palette.land,
        "circle-stroke-color": palette.search,
        "circle-stroke-width": 3,
      },
    },
    {
      id: "candidate-names",
      source: "candidates",
      type: "symbol",
      layout: { "icon-image": labelImage("beside", palette), "icon-anchor": "left", "icon-offset": [9, 0] },
    },
    {
      id: "search-line",
      source: "search",
      type: "line",
      paint: { "line-color": palette.search, "line-width": 2.2, "line-dasharray": [2.5, 1.5] },
    },
  ];
}
