// What was read behind the claims, so that an empty map is never taken for a quiet front.

import { day, plural } from "./words.js";

/** `rows` are the days of /coverage. */
export function coverageSentence(rows) {
  const sum = (name) => rows.reduce((all, row) => all + (row[name] ?? 0), 0);
  const received = sum("received");
  if (!received) return "No report has been received for these dates, so nothing is known of them.";
  const days = rows.filter((row) => row.received).map((row) => row.day).sort();
  const sources = new Set(rows.map((row) => row.publisher ?? row.source)).size;
  const failed = sum("failed");
  const from = days.length > 1 && days[0] !== days.at(-1) ? `${day(days[0])} to ${day(days.at(-1))}` : day(days[0]);
  return `Read: ${plural(sum("read"), "report")} of ${received} received from ${plural(sources, "source")}, published ${from}${failed ? `; ${failed} could not be read` : ""}. Days without a report are not quiet days.`;
}
