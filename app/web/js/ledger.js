// The claims of one place, side by side: what each side says stands in its own column, never merged, never voted away.

import { asClaims, card } from "./card.js";
import { h } from "./dom.js";
import { group } from "./group.js";
import { SIDES, day, plural } from "./words.js";

const newestFirst = (a, b) =>
  (b.properties.start ?? "").localeCompare(a.properties.start ?? "") ||
  (b.properties.published ?? "").localeCompare(a.properties.published ?? "");

const placeKey = ({ properties: p }) => p.place_id || p.direction_name || p.phrase || "?";
const placeName = ({ properties: p }) => p.place_name || p.direction_name || p.phrase || "Place not named";

/** Features by place, the place with the newest claim first. */
export function byPlace(features) {
  const groups = [...group([...features].sort(newestFirst), placeKey).values()];
  return groups.map((list) => ({
    name: placeName(list[0]),
    uk: list[0].properties.place_name_uk,
    features: list,
    claims: asClaims(list),
  }));
}

export function byDay(features) {
  const groups = [...group([...features].sort(newestFirst), ({ properties }) => properties.start ?? "").entries()];
  return groups.map(([start, list]) => ({ start, claims: asClaims(list) }));
}

export function placeSection({ name, uk, features, claims }, actions) {
  const both = ["UA", "RU"].every((side) => claims.some(({ properties }) => properties.speaker_side === side));
  return h(
    "section",
    { class: "place" },
    h(
      "h3",
      {},
      h(
        "button",
        { type: "button", class: "plain", title: "Show on the map", onclick: () => actions.locate(features) },
        name,
      ),
      uk && uk !== name ? h("span", { lang: "uk", class: "faint" }, uk) : null,
      both ? h("span", { class: "badge both" }, "Both sides speak") : null,
      h("span", { class: "count" }, plural(claims.length, "claim")),
    ),
    columns(claims, actions),
  );
}

/** Cards drawn at once in a column; a town may be told of hundreds of times. */
const IN_COLUMN = 5;
const IN_DAY = 40;

/** The first cards of a list, and a button for the rest of them. */
function cards(list, limit, actions) {
  const drawn = list.slice(0, limit).map((claim) => card(claim, actions));
  if (list.length <= limit) return drawn;
  const rest = () => list.slice(limit).map((claim) => card(claim, actions));
  return [
    ...drawn,
    h(
      "button",
      { type: "button", class: "more", onclick: ({ target }) => target.replaceWith(...rest()) },
      `Show ${list.length - limit} more`,
    ),
  ];
}

/** A column for each of the two sides if both speak; everybody else below them, across the whole width. */
export function columns(claims, actions) {
  const of = (...sides) => claims.filter(({ properties }) => sides.includes(properties.speaker_side));
  const column = (side) =>
    of(side).length
      ? h("div", { class: `column side-${side}` }, h("h4", {}, SIDES[side]), cards(of(side), IN_COLUMN, actions))
      : null;
  const others = claims.filter((claim) => !of("UA", "RU").includes(claim));
  return h(
    "div",
    { class: of("UA").length && of("RU").length ? "columns both" : "columns" },
    column("UA"),
    column("RU"),
    others.length
      ? h("div", { class: "column others" }, h("h4", {}, "Third parties and media"), cards(others, IN_COLUMN, actions))
      : null,
  );
}

export function daySection({ start, claims }, actions) {
  return h(
    "section",
    { class: "day" },
    h("h3", {}, start ? day(start) : "No date", h("span", { class: "count" }, plural(claims.length, "claim"))),
    cards(claims, IN_DAY, actions),
  );
}
