// What is asked of the API; addresses are relative to the page, so it also works behind a path prefix.

import { unitFor } from "./dates.js";

/** Features are fetched in pages; beyond this many the page says that it shows the newest only. */
const PAGE = 1000;
const AT_MOST = 5000;

/** An answer of the API that is no success, with its problem+json. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.status = status;
    this.body = body;
  }
}

const address = (path, values) => {
  const text = values?.toString();
  return new URL(text ? `${path}?${text}` : path, document.baseURI);
};

async function get(url, signal) {
  const answer = await fetch(url, { signal, headers: { Accept: "application/geo+json, application/json" } }).catch(
    (error) => {
      throw error.name === "AbortError"
        ? error
        : new Problem(0, { detail: "The server did not answer. What is shown may be out of date; try again." });
    },
  );
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, body);
  return body;
}

/** Every feature that matches, newest first, up to AT_MOST. */
export async function features(values, signal) {
  values.set("limit", String(PAGE));
  let url = address("features", values);
  const found = { features: [], matched: null, searchArea: null, complete: true };
  while (url) {
    const page = await get(url, signal);
    found.features.push(...page.features);
    found.matched ??= page.numberMatched ?? null;
    found.searchArea ??= page.searchArea ?? null;
    const next = page.links?.find(({ rel }) => rel === "next");
    found.complete = !next;
    url = next && found.features.length < AT_MOST ? sameOrigin(next.href) : null;
  }
  return found;
}

/** A link of the API, on this origin: behind a proxy the server may know itself by another name. */
function sameOrigin(href) {
  const next = new URL(href, document.baseURI);
  return address("features", next.searchParams);
}

export const feature = (id) => get(address(`features/${encodeURIComponent(id)}`));
/** The newest feature that matches, or undefined. */
export async function newest(values, signal) {
  values.set("limit", "1");
  return (await get(address("features", values), signal)).features[0];
}

/** What was read, by day of publication and publisher. */
export const coverage = async (published, signal) =>
  (await get(address("coverage", published && new URLSearchParams({ published })), signal)).coverage;

/** Stretches of time with their counts, by the finest unit whose bars can still be hit. */
export async function timeline(values, signal) {
  const by = async (per) => {
    values.set("per", per);
    return { unit: per, stretches: (await get(address("timeline", values), signal)).stretches };
  };
  const months = await by("month");
  if (!months.stretches.length) return months;
  const unit = unitFor(months.stretches[0].start, months.stretches.at(-1).end);
  return unit === "month" ? months : by(unit);
}

export const places = (text, signal) => get(address("places", new URLSearchParams({ q: text, limit: "8" })), signal);
export const basemap = (name) => get(address(`map/basemap/${name}.geojson`));
export const featureAddress = (id) => address(`features/${encodeURIComponent(id)}`).href;
export const reportAddress = (id) => address(`reports/${encodeURIComponent(id)}`).href;
export const downloadAddress = (values) => {
  values.set("limit", "10000");
  return address("features", values).href;
};
