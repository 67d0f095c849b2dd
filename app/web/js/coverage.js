// What was read behind the claims, so that an empty map is never taken for a quiet front.

import { day, plural } from "./words.js";

/** Reports and publishers behind the features shown. */
function behind(features) {
  if (!features.length) return "";
  const all = (name) => [...new Set(features.map(({ properties }) => properties[name]).filter(Boolean))].sort();
  const published = all("published");
  const from = published.length > 1 ? `${day(published[0])} to ${day(published.at(-1))}` : day(published[0]);
  return `These come from ${plural(all("report_id").length, "report")} of ${plural(all("publisher").length, "publisher")}, published ${from}. `;
}

/** `held` is the newest feature of all, alone on its page. */
function inAll(held) {
  const [newest] = held.features;
  if (!newest) return "No report has been read here yet, so nothing is known of any day.";
  return `Held here in all: ${plural(held.numberMatched, "point or area", "points and areas")}, the latest of ${day(newest.properties.start)}. Days without a report are not quiet days.`;
}

export const coverageSentence = (features, held) => behind(features) + inAll(held);
