// The dates asked for: presets counted back from the newest claim, two date fields, and steps to and fro.

import { addDays, length } from "./dates.js";
import { h } from "./dom.js";
import { change, current } from "./state.js";
import { drawTimeline } from "./timeline.js";
import { day } from "./words.js";

const PRESETS = [
  ["All", 0],
  ["Newest day", 1],
  ["7 days", 7],
  ["30 days", 30],
];

let parts;
let newest = null;

export function createPeriod(container) {
  const field = (name, label) =>
    h(
      "label",
      {},
      label,
      " ",
      h("input", { type: "date", name, onchange: ({ target }) => set({ [name]: target.value }) }),
    );
  const chart = h("div", { class: "chart" });
  const presets = PRESETS.map(([label, days]) =>
    h("button", { type: "button", class: "chip", onclick: () => preset(days) }, label),
  );
  const steps = [
    h(
      "button",
      { type: "button", class: "chip", "aria-label": "Earlier by as many days", onclick: () => step(-1) },
      "‹",
    ),
    h("button", { type: "button", class: "chip", "aria-label": "Later by as many days", onclick: () => step(1) }, "›"),
  ];
  const fields = h("div", { class: "row dates" }, field("from", "From"), field("to", "to"));
  parts = { chart, presets, fields, steps };
  container.replaceChildren(
    h(
      "div",
      { class: "row when-row", role: "group", "aria-label": "When" },
      h("div", { class: "chips" }, presets),
      h("div", { class: "chips" }, steps),
    ),
    chart,
    fields,
  );
}

/** Keeps the dates in order: choosing a later start moves the end with it. */
function set(values) {
  const { from, to } = { ...current(), ...values };
  if (from && to && from > to) change("from" in values ? { from, to: from } : { from: to, to });
  else change({ from, to });
}

function preset(days) {
  if (!days) change({ from: "", to: "" });
  else if (newest) change({ from: addDays(newest, 1 - days), to: newest });
}

function step(way) {
  const { from, to } = current();
  if (!from || !to) return;
  const days = length(from, to) * way;
  change({ from: addDays(from, days), to: addDays(to, days) });
}

/** `latest` is the first day of the newest claim under every filter but the dates, or null. */
export function showPeriod(timeline, latest) {
  const { from, to } = current();
  newest = latest ?? newest;
  drawTimeline(parts.chart, timeline, { from, to, pick: (first, final) => set({ from: first, to: final }) });
  for (const input of parts.fields.querySelectorAll("input")) input.value = current()[input.name];
  parts.presets.forEach((button, i) => {
    const days = PRESETS[i][1];
    const pressed = days ? Boolean(newest) && to === newest && from === addDays(newest, 1 - days) : !from && !to;
    button.setAttribute("aria-pressed", String(pressed));
    button.disabled = Boolean(days) && !newest;
    if (days && newest) button.title = `counted back from the newest claim, ${day(newest)}`;
  });
  for (const button of parts.steps) button.disabled = !from || !to;
}
