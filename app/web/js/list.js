// The claims beside the map: those in view, or those under a click, by place with both sides abreast, or by day.

import { asClaims } from "./card.js";
import { byId, h } from "./dom.js";
import { bounds, overlap } from "./geometry.js";
import { byDay, byPlace, daySection, placeSection } from "./ledger.js";
import { change, current } from "./state.js";
import { plural } from "./words.js";

/** Sections drawn at once; the rest waits for a button, so that thousands of claims stay quick. */
const AT_ONCE = 40;

let features = [];
let boxes = new Map();
let spot = null;
let shown = AT_ONCE;
let actions;
let view = () => null;

/** `show` has what a card may do: open(feature), point(ids), locate(features). `inView` gives the map's box. */
export function createList({ inView, ...show }) {
  actions = show;
  view = inView;
}

export function setFeatures(list) {
  features = list;
  boxes = new Map(list.map(({ id, geometry }) => [id, bounds(geometry)]));
  spot = null;
  redraw();
}

/** Only these features' claims, until cleared: what lies under a click on the map. */
export function setSpot(list) {
  spot = list;
  redraw();
  byId("results").scrollIntoView({ block: "start" });
}

/** Draws anew; a card in focus keeps it. */
export function redraw() {
  const focused = document.activeElement?.closest("[data-claim]")?.dataset.claim;
  shown = AT_ONCE;
  draw();
  if (focused)
    byId("list")
      .querySelector(`[data-claim="${CSS.escape(focused)}"] button`)
      ?.focus({ preventScroll: true });
}

function visible() {
  if (spot) return spot;
  const box = view();
  return features.filter(({ id }) => !box || !boxes.get(id) || overlap(boxes.get(id), box));
}

function draw() {
  const listed = visible();
  const perDay = current().order === "day";
  const sections = perDay ? byDay(listed) : byPlace(listed);
  byId("order").replaceChildren(...(features.length ? heading(listed) : []));
  byId("list").replaceChildren(
    ...sections.slice(0, shown).map((section) => (perDay ? daySection : placeSection)(section, actions)),
    ...(sections.length > shown ? [more(sections.length - shown)] : []),
    ...(features.length && !listed.length
      ? [h("p", { class: "faint" }, "None of them lies in this part of the map.")]
      : []),
  );
}

function heading(listed) {
  const tab = (label, order) =>
    h(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-pressed": String((current().order === "day") === (order === "day")),
        onclick: () => change({ order }),
      },
      label,
    );
  const count = plural(asClaims(listed).length, "claim");
  const what = spot
    ? [
        h("h2", {}, `${count} under the click`),
        h("button", { type: "button", class: "plain", onclick: () => setSpot(null) }, "show all in view"),
      ]
    : [h("h2", {}, `${count} in view`)];
  return [
    h("div", {}, what),
    h("div", { role: "group", "aria-label": "Order" }, tab("By place", ""), tab("By day", "day")),
  ];
}

function more(rest) {
  const label = `Show ${Math.min(rest, AT_ONCE)} more of ${rest}`;
  return h(
    "button",
    {
      type: "button",
      class: "more",
      onclick: () => {
        shown += AT_ONCE;
        draw();
      },
    },
    label,
  );
}

/** What else of the loaded is told of the same place within three days, by anybody else: claims as cards take them. */
export function alongside(feature) {
  const { place_id: place, start, report_id: report, speaker, claim_id: said } = feature.properties;
  const near = (other) => Math.abs(Date.parse(other) - Date.parse(start)) <= 3 * 86400000;
  const another = (p) => (!said || p.claim_id !== said) && (p.report_id !== report || p.speaker !== speaker);
  return asClaims(
    features.filter(
      ({ id, properties: p }) => id !== feature.id && place && p.place_id === place && near(p.start) && another(p),
    ),
  );
}

/** The other places that the same claim names. */
export function siblings({ id, properties }) {
  return features.filter(
    (other) => properties.claim_id && other.properties.claim_id === properties.claim_id && other.id !== id,
  );
}

export const loaded = (id) => features.find((feature) => feature.id === id);
