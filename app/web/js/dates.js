// Days as "YYYY-MM-DD" text, and how a stretch of time is cut into bars.

const MS_A_DAY = 86400000;
const number = (day) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / MS_A_DAY;
const text = (number) => new Date(number * MS_A_DAY).toISOString().slice(0, 10);

export const addDays = (day, days) => text(number(day) + days);
/** Days from one to the other, both counted. */
export const length = (from, to) => number(to) - number(from) + 1;

/** The first day of the week (Monday) or month a day lies in. */
export function floor(day, unit) {
  if (unit === "month") return `${day.slice(0, 7)}-01`;
  if (unit === "week") return text(Math.floor((number(day) + 3) / 7) * 7 - 3);
  return day.slice(0, 10);
}

/** The last day of the bar that begins on `day`. */
export function last(day, unit) {
  if (unit === "day") return day;
  if (unit === "week") return addDays(day, 6);
  const [year, month] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The finest unit that keeps the bars wide enough to be hit. */
export function unitFor(from, to) {
  const days = length(from, to);
  if (days <= 92) return "day";
  return days <= 640 ? "week" : "month";
}

/** The first days of all bars from `from` to `to`, empty ones included: a gap must be seen as a gap. */
export function bars(from, to, unit) {
  const starts = [];
  for (let day = floor(from, unit); day <= to; day = addDays(last(day, unit), 1)) starts.push(day);
  return starts;
}
