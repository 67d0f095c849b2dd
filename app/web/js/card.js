// One claim in a list: what, when, in whose words. The same card serves the ledger, the newest first, and the detail.

import { h } from "./dom.js";
import { group } from "./group.js";
import { ACTORS, EVENTS, SIDES, STATUSES, eventClass, span } from "./words.js";

/** Chips of status and doubt. */
export function badges({ claim_status: status, unverified }) {
  return [
    h("span", { class: `badge line-${status}` }, STATUSES[status] ?? status),
    unverified ? h("span", { class: "badge doubt" }, "Unverified") : null,
  ];
}

export function swatch({ kind, event, actor }) {
  return h("i", {
    class: `swatch ${kind === "point" ? "dot" : "area"} look-${eventClass(event)} actor-${actor ?? "unknown"}`,
    "aria-hidden": "true",
  });
}

export const headline = ({ event, actor }) =>
  [EVENTS[event] ?? event, actor && actor !== "unknown" ? ACTORS[actor] : null].filter(Boolean).join(" · ");

export const whoSays = ({ speaker, speaker_side: side, publisher }) => {
  const name = speaker || SIDES[side] || "Speaker not named";
  return publisher && publisher !== name ? `${name}, in ${publisher}` : name;
};

/** Features of one claim ("north and south of Bakhmut" is two) as one entry: {id, properties, features}. */
export function asClaims(features) {
  return [...group(features, ({ id, properties }) => properties.claim_id ?? id).values()].map((list) => ({
    ...list[0],
    features: list,
  }));
}

/** `open` is called with the claim's first feature; `point` with its features' ids, or null, as pointer or focus come and go. */
export function card({ id, properties: p, features }, { open, point }) {
  const ids = features.map((one) => one.id);
  const attend = {
    onmouseenter: () => point(ids),
    onmouseleave: () => point(null),
    onfocusin: () => point(ids),
    onfocusout: () => point(null),
  };
  return h(
    "article",
    { class: `card side-${p.speaker_side}`, dataset: { claim: id }, ...attend },
    h("button", { type: "button", class: "open", onclick: () => open(features[0]) }, swatch(p), " ", headline(p)),
    h("p", { class: "where" }, places(features)),
    h("p", { class: "when" }, span(p.start, p.end), " ", badges(p)),
    h("blockquote", { lang: p.lang }, p.quote ?? ""),
    h("p", { class: "who" }, whoSays(p)),
  );
}

/** In the words of the report, each once. */
function places(features) {
  return [...new Set(features.map(({ properties: p }) => p.phrase ?? p.place_name).filter(Boolean))].join(", ");
}
