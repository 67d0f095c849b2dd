// The chips that narrow the claims by event, actor, speaker and status; their swatches are the legend's colours.

import { byId, h } from "./dom.js";
import { change, current } from "./state.js";
import { ACTORS, EVENTS, EVENT_CLASSES, SIDES, STATUSES, STATUS_MEANINGS } from "./words.js";

const GROUPS = [
  {
    name: "event",
    label: "What",
    options: Object.entries(EVENT_CLASSES).map(([key, { label, events }]) => ({
      label,
      values: events,
      swatch: `fill look-${key}`,
    })),
  },
  {
    name: "actor",
    label: "Who acted",
    options: Object.entries(ACTORS).map(([key, label]) => ({ label, values: [key], swatch: `outline actor-${key}` })),
  },
  {
    name: "speaker_side",
    label: "Who says so",
    options: Object.entries(SIDES).map(([key, label]) => ({ label, values: [key] })),
  },
  {
    name: "claim_status",
    label: "How firm",
    options: Object.entries(STATUSES).map(([key, label]) => ({ label, values: [key], title: STATUS_MEANINGS[key] })),
  },
];

let chips = [];

/** Chips pressed are what is asked for; none pressed in a row asks for all. */
export function drawFilters(container) {
  chips = [];
  const [what, ...others] = GROUPS.map(row);
  const active = GROUPS.slice(1).some(({ name }) => current()[name].length);
  container.replaceChildren(
    what,
    h("details", { open: active }, h("summary", {}, "More filters: who acted, who says so, how firm"), others),
  );
  refreshFilters();
}

/** The same chips, pressed as the state has it: the one in focus must not be replaced under the reader's finger. */
export function refreshFilters() {
  for (const { button, name, values } of chips) button.setAttribute("aria-pressed", pressed(name, values));
  const active = spokenFilters().length + (current().from || current().to ? 1 : 0);
  byId("narrow").querySelector("summary").textContent = `Dates and filters${active ? ` (${active} set)` : ""}`;
}

export const clearFilters = () =>
  change({ from: "", to: "", ...Object.fromEntries(GROUPS.map(({ name }) => [name, []])) });

/** A link may ask for one event of a class: the chip of the class is then half pressed. */
const pressed = (name, values) =>
  isChosen(name, values) ? "true" : values.some((value) => current()[name].includes(value)) ? "mixed" : "false";

const isChosen = (name, values) => values.every((value) => current()[name].includes(value));

function row({ name, label, options }) {
  return h(
    "div",
    { class: "row", role: "group", "aria-label": label },
    h("span", { class: "row-label" }, label),
    h(
      "div",
      { class: "chips" },
      options.map((option) => chip(name, option)),
    ),
  );
}

function chip(name, { label, values, swatch, title }) {
  const mark = swatch ? h("i", { class: `swatch ${swatch}`, "aria-hidden": "true" }) : null;
  const button = h(
    "button",
    { type: "button", class: "chip", title, onclick: () => toggle(name, values) },
    mark,
    label,
  );
  chips.push({ button, name, values });
  return button;
}

function toggle(name, values) {
  const others = current()[name].filter((value) => !values.includes(value));
  change({ [name]: isChosen(name, values) ? others : [...others, ...values] });
}

/** The filters in words, for the answer that finds nothing. */
export function spokenFilters() {
  return GROUPS.filter(({ name }) => current()[name].length).map(
    ({ name, label, options }) =>
      `${label.toLowerCase()}: ${options.flatMap((option) => spoken(name, option)).join(", ")}`,
  );
}

const spoken = (name, { label, values }) =>
  isChosen(name, values)
    ? [label]
    : values.filter((value) => current()[name].includes(value)).map((value) => EVENTS[value] ?? value);
