// Everything known of one claim: the sentence, who said it, its four dates, its doubt in metres, its rule and its source.

import { featureAddress, reportAddress } from "./api.js";
import { badges, headline, swatch } from "./card.js";
import { byId, h, link, safeAddress } from "./dom.js";
import { columns } from "./ledger.js";
import { GEO_PRECISION, OUTCOMES, SIDES, STATUS_MEANINGS, day, metres, span } from "./words.js";

let opener = null;
let shown = null;

export function openDetail(claim, { siblings, others, actions, close }) {
  if (byId("detail").hidden) opener = document.activeElement;
  const panel = byId("detail");
  panel.replaceChildren(
    h("button", { type: "button", class: "close", "aria-label": "Close", onclick: close }, "×"),
    ...body(claim, actions),
    ...(siblings.length
      ? [
          h("h3", {}, "The same claim also names"),
          h(
            "p",
            { class: "actions" },
            siblings.map((one) =>
              h(
                "button",
                { type: "button", class: "chip", onclick: () => actions.open(one) },
                [one.properties.place_name ?? one.properties.phrase, one.properties.compass].filter(Boolean).join(", "),
              ),
            ),
          ),
        ]
      : []),
    ...(others.length ? [h("h3", {}, "Also said of this place, within three days"), columns(others, actions)] : []),
  );
  panel.hidden = false;
  // Drawn again because the list was loaded again: the reader is busy elsewhere and keeps the focus.
  if (shown === claim.id) return;
  shown = claim.id;
  panel.scrollTop = 0;
  panel.focus({ preventScroll: true });
}

export function closeDetail() {
  if (byId("detail").hidden) return;
  byId("detail").hidden = true;
  shown = null;
  if (opener?.isConnected) opener.focus({ preventScroll: true });
}

function body(claim, { locate }) {
  const { properties: p } = claim;
  return [
    h("h2", {}, swatch(p), " ", headline(p)),
    h("p", { class: "where" }, p.phrase ?? p.place_name ?? "", " ", badges(p)),
    h("blockquote", { lang: p.lang }, p.quote ?? "No quote was stored."),
    h("p", { class: "who" }, "— ", speaker(p)),
    h("p", { class: "doubt" }, meaning(p)),
    facts(p),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", class: "chip", onclick: () => locate([claim]) }, "Show on the map"),
      link(featureAddress(claim.id), "GeoJSON"),
      p.report_id ? link(reportAddress(p.report_id), "Whole report") : null,
      safeAddress(p.report_url) ? link(p.report_url, "Original page") : null,
    ),
  ];
}

function speaker({ speaker: name, speaker_side: side }) {
  if (!name) return SIDES[side] ?? "speaker not named";
  return side in SIDES && name !== SIDES[side] ? `${name} (${SIDES[side]})` : name;
}

function meaning({ claim_status: status, unverified }) {
  const told = STATUS_MEANINGS[status];
  const sentence = told ? `${status[0].toUpperCase()}${status.slice(1)}: ${told}.` : "";
  return unverified ? `${sentence} The report says that it could not be verified.` : sentence;
}

/** Rows without a value are left out, but an unknown uncertainty is said. */
function facts(p) {
  const rows = [
    [
      "Happened",
      `${span(p.start, p.end)}${p.time_precision && p.time_precision !== "day" ? ` (to the ${p.time_precision})` : ""}${p.time_basis === "as_of" ? ", as of then" : ""}`,
    ],
    ["Said as of", day(p.as_of) || "not stated"],
    ["Published", day(p.published)],
    ["Recorded", day(p.recorded)],
    ["Outcome", OUTCOMES[p.outcome]],
    [
      "Place",
      [p.place_name, p.place_name_uk && p.place_name_uk !== p.place_name ? `(${p.place_name_uk})` : ""]
        .filter(Boolean)
        .join(" "),
    ],
    ["Direction of", p.direction_name],
    [
      "Drawn as",
      [p.relation?.replaceAll("_", " "), p.compass, p.distance_km ? `${p.distance_km} km` : ""]
        .filter(Boolean)
        .join(" · "),
    ],
    [
      "Uncertainty",
      `± ${metres(p.uncertainty_m)}${GEO_PRECISION[p.geo_precision] ? `, ${GEO_PRECISION[p.geo_precision]}` : ""}`,
    ],
    ["Holds", p.probability ? `${Math.round(p.probability * 100)} % of the true places, as measured` : null],
    ["Method", p.method],
    ["Published by", p.publisher],
    ["Report", p.report_title],
    ["Separate sources", p.independent_sources > 1 ? `${p.independent_sources} say the same` : null],
    ["Cite as", p.citation],
  ];
  return h(
    "dl",
    {},
    rows.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, String(value))]),
  );
}
