// The box for a direction phrase: how it was read, or why it could not be, with the places it may have meant.

import { places } from "./api.js";
import { oblastAt } from "./basemap.js";
import { byId, debounce, h } from "./dom.js";
import { change, current } from "./state.js";
import { metres, plural } from "./words.js";

const EXAMPLES = ["south of Bakhmut", "10 км на північний захід від Авдіївки", "между Белой Горой и Андреевкой"];

let asked;

export function createSearch() {
  const input = byId("direction");
  byId("search").addEventListener("submit", (event) => {
    event.preventDefault();
    change({ direction: input.value.trim(), place: "" });
  });
  // The little cross of a search field empties it without submitting.
  input.addEventListener("search", () => input.value || change({ direction: "" }));
  input.addEventListener(
    "input",
    debounce(180, () => suggest(input.value)),
  );
  byId("examples").replaceChildren(
    "Try ",
    ...EXAMPLES.map((phrase) =>
      h("button", { type: "button", class: "plain", onclick: () => change({ direction: phrase, place: "" }) }, phrase),
    ),
  );
}

/** Complete the place at the end of the phrase, from its last words that begin with a capital. */
async function suggest(phrase) {
  const [, before, name] = phrase.match(/^(.*?)((?:\p{Lu}[^\s]*\s*)+|[^\s]+)$/u) ?? [];
  if (!name || name.trim().length < 2) return;
  asked?.abort();
  asked = new AbortController();
  try {
    const found = await places(name.trim(), asked.signal);
    const names = new Set((found.features ?? []).map(({ properties }) => properties.name));
    byId("suggestions").replaceChildren(...[...names].map((one) => h("option", { value: before + one })));
  } catch (error) {
    // Suggestions are a help, not an answer: without them the phrase can still be searched, and that answer is shown.
    if (error.name !== "AbortError") byId("suggestions").replaceChildren();
  }
}

/** Show what the phrase was read as, or which place was chosen: its name is known from the claims told of it. */
export function showReading(area, features) {
  byId("direction").value = current().direction;
  byId("examples").hidden = Boolean(current().direction);
  const box = byId("reading");
  box.className = area || current().place ? "read" : "";
  box.replaceChildren(...(area ? reading(area.properties ?? {}) : placeOnly(features)));
}

function reading({
  relation,
  compass,
  distance_km: distance,
  uncertainty_m: uncertainty,
  probability,
  method,
  anchors,
  candidates: known,
}) {
  const told = [
    relation?.replaceAll("_", " "),
    [compass].flat().filter(Boolean).join(", "),
    distance ? `${distance} km` : "",
  ]
    .filter(Boolean)
    .join(" · ");
  const names = (anchors ?? []).map(({ name, name_uk: uk, kind }) =>
    [name, uk && uk !== name ? `(${uk})` : "", kind].filter(Boolean).join(" "),
  );
  const figures = [
    uncertainty ? `± ${metres(uncertainty)}` : "",
    probability ? `holds ${Math.round(probability * 100)} % of such places` : "",
    [method].flat().join(", ").replaceAll("_", " "),
  ]
    .filter(Boolean)
    .join(" · ");
  return [
    h("p", {}, "Read as ", h("strong", {}, told || "place"), names.length ? `: ${names.join(" and ")} ` : "", clear()),
    figures ? h("p", { class: "faint" }, `Outlined on the map: ${figures}`) : null,
    ...others(anchors ?? [], known ?? []),
  ].filter(Boolean);
}

/** The places that were not chosen: if the phrase meant one of them, its claims are a click away. */
function others(anchors, known) {
  const chosen = new Set(anchors.map(({ id }) => id));
  const rest = known.filter(({ id }) => !chosen.has(id));
  return rest.length
    ? [
        h(
          "details",
          {},
          h("summary", { class: "faint" }, `${plural(rest.length, "other place")} of that name`),
          list(rest),
        ),
      ]
    : [];
}

function placeOnly(features) {
  const { place } = current();
  if (!place) return [];
  const known = features.find(({ properties }) => properties.place_id === place)?.properties;
  const name = known ? where({ name_uk: known.place_name_uk, lat: known.anchor_lat, lon: known.anchor_lon }) : place;
  return [h("p", {}, "Only claims told of ", h("strong", {}, known?.place_name ?? "one place"), ` ${name} `, clear())];
}

const clear = () =>
  h("button", { type: "button", class: "plain", onclick: () => change({ direction: "", place: "" }) }, "clear");

/** What a refusal is called to somebody who does not speak HTTP. */
const HEADINGS = {
  400: "This cannot be asked so",
  422: "This phrase cannot be placed on the map",
  429: "Too many requests",
  503: "The server is busy",
};

/** Show why the API refused, in its own words, and the candidates it names. */
export function showProblem({ message, status, body = {} }) {
  byId("direction").value = current().direction;
  const box = byId("reading");
  box.className = "problem";
  box.replaceChildren(
    h("p", {}, h("strong", {}, HEADINGS[status] ?? "The claims could not be loaded"), clear()),
    h("p", {}, message),
    ...[body.understood && `Understood so far: ${body.understood}`, body.right && `Right would be: ${body.right}`]
      .filter(Boolean)
      .map((text) => h("p", {}, text)),
    ...candidates(body.candidates ?? []),
  );
}

export const choosePlace = (id) => change({ direction: "", place: id });

const candidates = (known) =>
  known.length
    ? [
        h("p", {}, "It may mean one of these, marked on the map. Choosing one shows the claims told of it:"),
        list(known),
      ]
    : [];

function list(known) {
  const item = (one) =>
    h(
      "li",
      { title: (one.reasons ?? []).join(", ") },
      h("button", { type: "button", class: "chip", onclick: () => choosePlace(one.id) }, one.name ?? one.id),
      ` ${where(one)}`,
    );
  return h("ul", { class: "candidates" }, known.map(item));
}

function where({ name_uk: uk, lat, lon, within }) {
  if (within || typeof lat !== "number") return [uk, within].filter(Boolean).join(" · ");
  const near = oblastAt(lon, lat);
  return [uk, near, `N ${lat.toFixed(2)} E ${lon.toFixed(2)}`].filter(Boolean).join(" · ");
}
