// What the closed lists of the API are called on the page, and how they are grouped and coloured.

/** Events drawn in one colour. Hues stay clear of the blue and red that tell the actors apart. */
export const EVENT_CLASSES = {
  ground: { label: "Ground fighting", events: ["assault", "clash", "attack_repelled"] },
  movement: { label: "Movement, control", events: ["advance", "consolidation", "control_change", "withdrawal"] },
  artillery: { label: "Shelling", events: ["shelling"] },
  air: { label: "Air, missiles", events: ["air_strike", "drone_strike", "missile_strike", "air_defence"] },
  other: { label: "Casualties, other", events: ["casualties", "other"] },
};

export const EVENTS = {
  assault: "Assault",
  clash: "Fighting",
  attack_repelled: "Attack repelled",
  advance: "Advance",
  consolidation: "Consolidation",
  control_change: "Change of control",
  withdrawal: "Withdrawal",
  shelling: "Shelling",
  air_strike: "Air strike",
  drone_strike: "Drone strike",
  missile_strike: "Missile strike",
  air_defence: "Air defence",
  casualties: "Casualties",
  other: "Other",
};

export const ACTORS = { UA: "Ukrainian forces", RU: "Russian forces", unknown: "Not said" };

/** Sides in the order of the ledger's columns. */
export const SIDES = { UA: "Ukrainian side", RU: "Russian side", third_party: "Third parties", media: "Media" };

export const STATUSES = {
  claimed: "Claimed",
  reported: "Reported",
  assessed: "Assessed",
  geolocated: "Geolocated",
  confirmed: "Confirmed",
  denied: "Denied",
};

export const STATUS_MEANINGS = {
  claimed: "a party to the war says so",
  reported: "a medium or analyst narrates it",
  assessed: "an analyst weighed it",
  geolocated: "footage was placed",
  confirmed: "confirmed by more than one side",
  denied: "somebody denies it",
};

/** How firmly an outline is drawn. */
export const LINES = {
  claimed: "dashed",
  reported: "dashed",
  assessed: "dashed",
  geolocated: "solid",
  confirmed: "solid",
  denied: "dotted",
};

export const GEO_PRECISION = {
  1: "exact place",
  2: "near a place",
  3: "raion",
  4: "oblast or part of one",
  "5a": "between places",
  "5b": "relative to a place",
  6: "country",
  7: "international",
};

export const OUTCOMES = {
  success: "success",
  partial_success: "partial success",
  no_success: "no success",
  ongoing: "ongoing",
  unknown: null,
};

const CLASS_OF = new Map(
  Object.entries(EVENT_CLASSES).flatMap(([name, { events }]) => events.map((event) => [event, name])),
);

export const eventClass = (event) => CLASS_OF.get(event) ?? "other";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** "12 Jul 2023"; a moment keeps its time in UTC; what is no date is given back as it came. */
export function day(text) {
  if (!text) return "";
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return text;
  return text.length > 10 ? `${MOMENT.format(moment)} UTC` : DAY.format(moment);
}

export function span(start, end) {
  if (!start) return "";
  return !end || start === end ? day(start) : `${day(start)} – ${day(end)}`;
}

/** "800 m", "5.3 km", "120 km". */
export function metres(value) {
  if (value === null || value === undefined) return "unknown";
  if (value < 1000) return `${Math.round(value)} m`;
  return `${(value / 1000).toFixed(value < 10000 ? 1 : 0)} km`;
}

export const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
