// The map itself: what is drawn, what is lit, what was clicked, and where it looks.

import { collection, marked, namedPlaces } from "./basemap.js";
import { circle } from "./geometry.js";
import { provideImages } from "./labels.js";
import { PALETTES, onTheme, palette } from "./palette.js";
import { layers } from "./stacks.js";
import { style } from "./style.js";
import { eventClass } from "./words.js";

const UKRAINE = [22.0, 44.2, 40.4, 52.5];
const NOTHING = collection([]);
const sources = {
  sectors: NOTHING,
  outlines: NOTHING,
  points: NOTHING,
  rings: NOTHING,
  named: NOTHING,
  search: NOTHING,
  chosen: NOTHING,
  candidates: NOTHING,
};
let map;
let stacks = [];
let lit = [];
let taken = [];

/** `view` is {zoom, lat, lon} or null; `onMove` gets the same; `onPick` gets the claims under a click, `onPlace` a candidate's id. */
export function createMap(container, { basemap, view, onMove, onPick, onPlace }) {
  Object.assign(sources, basemap);
  map = new window.maplibregl.Map({
    container,
    style: style(sources, palette()),
    ...(view
      ? { center: [view.lon, view.lat], zoom: view.zoom }
      : { bounds: UKRAINE, fitBoundsOptions: { padding: 12 } }),
    minZoom: 3,
    maxZoom: 15,
    // The land drawn ends there.
    maxBounds: [10, 38, 60, 62],
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: false,
    // A label arriving softly is pleasant; a screen reader or a slow machine is better off without.
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new window.maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new window.maplibregl.ScaleControl({ maxWidth: 120 }), "bottom-right");
  provideImages(map, PALETTES);
  onTheme(() => map.setStyle(style(sources, palette()), { diff: false }));
  map.on("style.load", () => {
    hideNames();
    relight();
  });
  map.on("moveend", () => onMove({ zoom: map.getZoom(), lat: map.getCenter().lat, lon: map.getCenter().lng }));
  map.on("click", ({ point }) => {
    const [candidate] = around(point, "candidates");
    if (candidate) onPlace(candidate.properties.id);
    else onPick(under(point));
  });
  map.on("mousemove", ({ point }) => {
    map.getCanvas().style.cursor = around(point, "candidates").length || hits(point).length ? "pointer" : "";
  });
  return new Promise((resolve) => map.once("load", resolve));
}

/** Points within a finger's breadth. */
function around({ x, y }, layer) {
  const reach = 5;
  return map.queryRenderedFeatures(
    [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ],
    { layers: [layer] },
  );
}

const hits = (point) => [
  ...around(point, "points"),
  ...map.queryRenderedFeatures([point.x, point.y], { layers: ["sectors"] }),
];

/** The claims of every stack under a point of the screen, what lies on top first. */
function under(point) {
  const ids = [...new Set(hits(point).map(({ id }) => id))];
  return ids.flatMap((id) => stacks.find((one) => one.id === id)?.claims ?? []);
}

function put(data) {
  Object.assign(sources, data);
  for (const [name, value] of Object.entries(data)) map?.getSource(name)?.setData(value);
}

export function showFeatures(features, newStacks) {
  stacks = newStacks;
  const named = namedPlaces(features, stacks);
  taken = named.features.map(({ properties }) => properties.id);
  put({ ...layers(stacks), named });
  hideNames();
}

/** A place named because of its claims is not named a second time by the basemap. */
function hideNames() {
  if (!map) return;
  for (const layer of ["towns", "cities"]) {
    const others = map.getFilter(layer).filter((part) => part[0] !== "!");
    map.setFilter(layer, [...others, ["!", ["in", ["get", "id"], ["literal", taken]]]]);
  }
}

/** Outline what a direction phrase was read as; a point is outlined by its uncertainty. */
export function showSearch(area) {
  const geometry = area?.geometry;
  const ring =
    geometry?.type === "Point"
      ? { type: "LineString", coordinates: circle(geometry.coordinates, area.properties.uncertainty_m || 2000) }
      : geometry;
  put({ search: ring ? { type: "Feature", geometry: ring, properties: {} } : NOTHING });
}

/** Mark the places that a phrase may have meant. */
export const showCandidates = (places) => put({ candidates: marked(places) });

/** The open claim is drawn above all others, and also where the filters leave it out. */
export function showChosen(feature) {
  if (!feature?.geometry) return put({ chosen: NOTHING });
  const { event, actor } = feature.properties;
  const properties = { look: eventClass(event), actor: actor ?? "unknown" };
  return put({ chosen: { type: "Feature", geometry: feature.geometry, properties } });
}

/** Light up the footprints of these claims. */
export function light(claimIds) {
  const wanted = new Set(claimIds);
  lit = wanted.size ? stacks.filter(({ claims }) => claims.some(({ id }) => wanted.has(id))) : [];
  relight();
}

function relight() {
  if (!map) return;
  for (const source of ["sectors", "outlines", "points"]) {
    if (!map.getSource(source)) continue;
    map.removeFeatureState({ source });
    for (const one of lit) map.setFeatureState({ source, id: one.id }, { lit: true });
  }
}

/** Go where an edited or pasted address says. */
export function look(view) {
  if (!map || !view) return;
  map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
}

export function fit(box, { maxZoom = 11 } = {}) {
  if (!box || !map) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.fitBounds(box, { padding: free(), maxZoom, animate: !still, duration: 600 });
}

/** Move only if part of the box is off the map or under the open claim. */
export function reveal(box) {
  if (!box || !map) return;
  const { left, top, right, bottom } = free();
  const { width, height } = map.getCanvas().getBoundingClientRect();
  const corners = [map.project([box[0], box[3]]), map.project([box[2], box[1]])];
  if (corners.some(({ x, y }) => x < left || x > width - right || y < top || y > height - bottom))
    fit(box, { maxZoom: Math.max(map.getZoom(), 9) });
}

/** Margins in pixels that keep clear of the open claim, which lies beside the map's middle or, on a phone, below it. */
function free() {
  const margin = 40;
  const canvas = map.getCanvas().getBoundingClientRect();
  const panel = document.getElementById("detail").getBoundingClientRect();
  const over = panel.width > 0 && panel.right > canvas.left + 1;
  const beside = over && panel.left > canvas.left + 200;
  return {
    left: margin,
    top: margin,
    right: beside ? canvas.right - panel.left + 16 : margin,
    bottom: over && !beside ? Math.min(canvas.height - 150, Math.max(0, canvas.bottom - panel.top) + 16) : margin,
  };
}

/** What the map shows now, as [west, south, east, north]; null where no map could be made. */
export function inView() {
  if (!map) return null;
  const box = map.getBounds();
  return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
}
