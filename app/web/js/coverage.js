// What was read behind the claims, so that an empty map is never taken for a quiet front.

import { addDays } from "./dates.js";
import { current } from "./state.js";
import { day, plural } from "./words.js";

/** The days of publication to ask about: the news of a day is also published on the next. Null for all. */
export function publishedFor({ from, to } = current()) {
  return from || to ? `${from || ".."}/${to ? addDays(to, 1) : ".."}` : null;
}

/** `rows` are those of /coverage. */
export function coverageSentence(rows) {
  const sum = (name) => rows.reduce((all, row) => all + (row[name] ?? 0), 0);
  if (!sum("reports")) return "No report published in these days has been read here, so nothing is known of them.";
  const days = rows.map(({ published }) => published).sort();
  const from = days[0] === days.at(-1) ? `on ${day(days[0])}` : `from ${day(days[0])} to ${day(days.at(-1))}`;
  const publishers = new Set(rows.map(({ publisher }) => publisher)).size;
  return [
    `Read for this: ${plural(sum("reports"), "report")} of ${plural(publishers, "publisher")}, published ${from}.`,
    sum("without_claims") ? `${sum("without_claims")} of them held no claim.` : "",
    missing(sum("unsettled_names"), sum("undrawn_expressions")),
    "Days without a report are not quiet days.",
  ]
    .filter(Boolean)
    .join(" ");
}

function missing(names, expressions) {
  const parts = [names ? plural(names, "place name") : "", expressions ? plural(expressions, "phrase") : ""].filter(
    Boolean,
  );
  return parts.length ? `Not on the map: ${parts.join(" and ")} that could not be settled or drawn.` : "";
}
