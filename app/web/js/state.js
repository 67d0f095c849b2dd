// What the page shows, kept in the URL's hash so that a view can be linked.

const LISTS = ["event", "actor", "speaker_side", "claim_status"];
const TEXTS = ["direction", "from", "to", "place", "claim", "order"];

const state = {
  ...Object.fromEntries(LISTS.map((name) => [name, []])),
  ...Object.fromEntries(TEXTS.map((name) => [name, ""])),
  map: null,
};
const listeners = [];
let written = null;

export const current = () => state;

/** Change some values; listeners get the names of those that really changed. */
export function change(values) {
  const changed = Object.keys(values).filter((name) => JSON.stringify(values[name]) !== JSON.stringify(state[name]));
  if (!changed.length) return;
  Object.assign(state, values);
  write();
  for (const listener of listeners) listener(changed);
}

/** Take over what the map shows already: it goes into the address and concerns nobody else. */
export function adopt(values) {
  Object.assign(state, values);
  write();
}

export const onChange = (listener) => listeners.push(listener);

/** Read the hash at start, and again when somebody edits it or goes back. */
export function start() {
  Object.assign(state, read(location.hash));
  addEventListener("hashchange", () => {
    if (location.hash !== written) change(read(location.hash));
  });
}

function read(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const values = {};
  for (const name of LISTS) values[name] = given.get(name)?.split(",").filter(Boolean) ?? [];
  for (const name of TEXTS) values[name] = given.get(name) ?? "";
  values.map = view(given.get("map")) ?? state.map;
  return values;
}

function view(text) {
  const numbers = text?.split("/").map(Number) ?? [];
  return numbers.length === 3 && numbers.every(Number.isFinite)
    ? { zoom: numbers[0], lat: numbers[1], lon: numbers[2] }
    : null;
}

function write() {
  const values = new URLSearchParams();
  if (state.map)
    values.set("map", [state.map.zoom.toFixed(2), state.map.lat.toFixed(4), state.map.lon.toFixed(4)].join("/"));
  for (const name of TEXTS) if (state[name]) values.set(name, state[name]);
  for (const name of LISTS) if (state[name].length) values.set(name, state[name].join(","));
  // Commas and slashes need no escape in a fragment, and a link that can be read is worth more.
  written = `#${values.toString().replaceAll("%2C", ",").replaceAll("%2F", "/")}`;
  history.replaceState(null, "", written);
}

/** The filters as API parameters. `datetime` can be left out, for what needs the whole time. */
export function query({ datetime = true } = {}) {
  const values = new URLSearchParams();
  for (const name of ["direction", "place"]) if (state[name]) values.set(name, state[name]);
  for (const name of LISTS) if (state[name].length) values.set(name, state[name].join(","));
  if (datetime && (state.from || state.to)) values.set("datetime", `${state.from || ".."}/${state.to || ".."}`);
  return values;
}
