// What colours, lines and rings mean.

import { byId, h } from "./dom.js";
import { ACTORS, EVENT_CLASSES } from "./words.js";

const line = (kind, text) => h("li", {}, h("i", { class: `rule ${kind}`, "aria-hidden": "true" }), text);

export function createLegend() {
  byId("legend").append(
    h("h3", {}, "Fill: what is claimed, of an area what most"),
    h(
      "ul",
      {},
      Object.entries(EVENT_CLASSES).map(([key, { label }]) =>
        h("li", {}, h("i", { class: `swatch fill look-${key}` }), label),
      ),
    ),
    h("h3", {}, "Rim: who acts in it"),
    h(
      "ul",
      {},
      Object.entries(ACTORS).map(([key, label]) =>
        h("li", {}, h("i", { class: `swatch outline actor-${key}` }), label),
      ),
    ),
    h("h3", {}, "Line: how firm the claim is"),
    h(
      "ul",
      {},
      line("solid", "geolocated or confirmed"),
      line("dashed", "claimed, reported, assessed"),
      line("dotted", "denied"),
    ),
    h("h3", {}, "Size and strength"),
    h(
      "ul",
      {},
      h("li", {}, "The paler an area, the less certain the place."),
      h("li", {}, "Fine ring: uncertainty of a point."),
      h("li", {}, "The larger a point, the more claims on it; its slices are their shares."),
      line("search", "the area that was searched"),
    ),
    h("p", { class: "faint" }, byId("credit").textContent),
  );
}
