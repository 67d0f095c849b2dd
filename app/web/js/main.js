// The page: wires the state to the map, the list and the API. Nothing else knows all of them.

import * as api from "./api.js";
import { loadBasemap } from "./basemap.js";
import { asClaims } from "./card.js";
import { coverageSentence, publishedFor } from "./coverage.js";
import { closeDetail, openDetail } from "./detail.js";
import { byId, debounce, h, link } from "./dom.js";
import { clearFilters, drawFilters, refreshFilters, spokenFilters } from "./filters.js";
import { bounds, core, unite } from "./geometry.js";
import { createLegend } from "./legend.js";
import { alongside, createList, loaded, redraw, setFeatures, setSpot, siblings } from "./list.js";
import {
  createMap,
  fit,
  inView,
  light,
  look,
  reveal,
  showCandidates,
  showChosen,
  showFeatures,
  showSearch,
} from "./map.js";
import { createPeriod, showPeriod } from "./period.js";
import { choosePlace, createSearch, showProblem, showReading } from "./search.js";
import { stack } from "./stacks.js";
import { adopt, change, current, onChange, query, start } from "./state.js";
import { plural, span } from "./words.js";

const SEARCHED = ["direction", "place", "event", "actor", "speaker_side", "claim_status", "from", "to"];
const box = (features) => unite(features.map(({ geometry }) => bounds(geometry)));
/** What can be done with a claim wherever it is listed. */
const actions = {
  open: ({ id }) => change({ claim: id }),
  point: (ids) => light(ids ?? []),
  locate: (features) => fit(box(features)),
};

let running = null;

async function load({ move }) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  byId("busy").hidden = false;
  const found = await api.features(query(), signal).catch((error) => error);
  if (signal.aborted) return;
  byId("busy").hidden = true;
  if (found instanceof Error) return refuse(found);
  present(found, move);
  const extras = await Promise.allSettled([loadTimeline(signal), loadCoverage(signal)]);
  if (!signal.aborted && extras.some(({ status }) => status === "rejected"))
    byId("coverage").textContent = "The dates and what was read could not be loaded.";
}

function present({ features, matched, complete, searchArea }, move) {
  showReading(searchArea, features);
  showSearch(searchArea);
  showCandidates([]);
  showFeatures(features, stack(features));
  setFeatures(features);
  byId("summary").replaceChildren(...summary(features, matched, complete));
  // One strike a thousand kilometres away must not shrink the front to a dot.
  if (move)
    fit(searchArea ? bounds(searchArea.geometry) : core(features.map(({ geometry }) => bounds(geometry))), {
      maxZoom: 10,
    });
  openChosen({ approach: move && !searchArea });
}

function refuse(error) {
  showProblem(error);
  showSearch(null);
  showFeatures([], []);
  setFeatures([]);
  const meant = error.body?.candidates ?? [];
  showCandidates(meant);
  fit(unite(meant.map(({ lon, lat }) => (typeof lon === "number" ? [lon, lat, lon, lat] : null))), { maxZoom: 9 });
  showPeriod({ unit: "day", stretches: [] }, null);
  byId("summary").replaceChildren();
  byId("coverage").textContent = "";
}

function summary(features, matched, complete) {
  if (!features.length) return nothing();
  const claims = plural(asClaims(features).length, "claim");
  const drawn = plural(features.length, "point or area", "points and areas");
  const more = complete
    ? ""
    : `; the newest of ${matched ? matched.toLocaleString("en-GB") : "more"}, narrow the search to see the rest`;
  return [
    h(
      "p",
      {},
      `${claims}, drawn as ${drawn}${more}. `,
      link(api.downloadAddress(query()), "GeoJSON", { download: "claims.geojson" }),
    ),
  ];
}

/** An empty answer says what was searched; the coverage line under it says what there was to search in. */
function nothing() {
  const { direction, place, from, to } = current();
  const dates =
    from || to
      ? `dates: ${from && to ? span(from, to) : from ? `from ${span(from)}` : `until ${span(to)}`}`
      : "all dates";
  const narrowed = from || to || spokenFilters().length;
  const searched = [
    direction ? `direction: ${direction}` : "",
    place ? `place: ${place}` : "",
    dates,
    ...spokenFilters(),
  ].filter(Boolean);
  return [
    h("p", {}, h("strong", {}, "No claims found.")),
    h(
      "p",
      {},
      `Searched: ${searched.join("; ")}. `,
      narrowed
        ? h("button", { type: "button", class: "plain", onclick: clearFilters }, "Search all dates, without filters")
        : null,
    ),
    h("p", {}, "That no report read here says anything does not mean that nothing happened."),
  ];
}

/** The bars show all time under the other filters, so that the dates chosen can be seen among the rest. */
async function loadTimeline(signal) {
  const [timeline, newest] = await Promise.all([
    api.timeline(query({ datetime: false }), signal),
    api.newest(query({ datetime: false }), signal),
  ]);
  showPeriod(timeline, newest?.properties.start);
}

async function loadCoverage(signal) {
  byId("coverage").textContent = coverageSentence(await api.coverage(publishedFor(), signal));
}

/** `approach` goes up to the claim, instead of only making sure that it can be seen. */
async function openChosen({ approach = false } = {}) {
  const { claim: id } = current();
  if (!id) return closeAll();
  const feature = loaded(id) ?? (await api.feature(id).catch(() => null));
  if (!feature || current().claim !== id) return closeAll();
  openDetail(feature, {
    siblings: siblings(feature),
    others: alongside(feature),
    actions,
    close: () => change({ claim: "" }),
  });
  showChosen(feature);
  if (approach) fit(bounds(feature.geometry), { maxZoom: 9 });
  else reveal(bounds(feature.geometry));
}

function closeAll() {
  closeDetail();
  showChosen(null);
}

function react(changed) {
  refreshFilters();
  if (changed.some((name) => SEARCHED.includes(name)))
    load({ move: changed.includes("direction") || changed.includes("place") });
  else if (changed.includes("order")) redraw();
  if (changed.includes("claim")) openChosen();
  if (changed.includes("map")) look(current().map);
}

function pick(features) {
  if (asClaims(features).length === 1) actions.open(features[0]);
  else if (features.length) setSpot(features);
}

async function drawMap(view) {
  const { sources, missing } = await loadBasemap();
  if (missing.length) console.warn(`basemap without ${missing.join(", ")}`);
  const moved = debounce(120, (map) => {
    adopt({ map });
    redraw();
  });
  try {
    await createMap("map", { basemap: sources, view, onMove: moved, onPick: pick, onPlace: choosePlace });
  } catch (error) {
    console.error(error);
    byId("map").replaceChildren(
      h(
        "p",
        { class: "no-map" },
        "This browser cannot draw the map (it needs WebGL). The claims are in the list all the same.",
      ),
    );
  }
}

async function begin() {
  start();
  createSearch();
  createPeriod(byId("time"));
  drawFilters(byId("filters"));
  createLegend();
  // On a phone the claims come first; the dates and filters wait behind their heading.
  byId("narrow").open = !matchMedia("(max-width: 760px)").matches;
  createList({ inView, ...actions });
  // Its address must not become the state in the hash.
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("list").focus();
  });
  addEventListener("keydown", ({ key }) => key === "Escape" && change({ claim: "" }));
  const { map: view } = current();
  await drawMap(view);
  onChange(react);
  await load({ move: !view });
}

begin();
