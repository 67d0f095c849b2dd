// How many points and areas share a day with each stretch of time, stacked by event class; bars can be dragged out to
// narrow the dates.

import { bars, last } from "./dates.js";
import { EVENT_CLASSES, eventClass, plural, span } from "./words.js";

const WIDTH = 400;
const HEIGHT = 64;
const SVG = "http://www.w3.org/2000/svg";

/** `stretches` are those of /timeline, by `unit`; `pick(from, to)` is called with the first and last day chosen. */
export function drawTimeline(container, { unit, stretches }, { from, to, pick }) {
  container.replaceChildren();
  if (!stretches.length) return;
  const starts = bars(stretches[0].start, stretches.at(-1).end, unit);
  const sums = new Map(stretches.map(({ start, events }) => [start, byClass(events)]));
  const top = Math.max(...starts.map((start) => total(sums.get(start))));
  const step = Math.min(WIDTH / starts.length, 28);
  const chart = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "img",
    "aria-label": describe(starts, unit, sums),
    preserveAspectRatio: "none",
  });
  starts.forEach((start, i) => {
    const chosen = (!from || last(start, unit) >= from) && (!to || start <= to);
    chart.append(
      bar(
        sums.get(start),
        i * step,
        step,
        top,
        chosen,
        `${span(start, last(start, unit))}: ${drawn(total(sums.get(start)))}`,
      ),
    );
  });
  const axis = document.createElement("p");
  axis.className = "axis";
  axis.append(
    text(span(starts[0])),
    text(`by ${unit}, most ${top.toLocaleString("en-GB")}`),
    text(span(last(starts.at(-1), unit))),
  );
  container.append(chart, axis);
  drag(chart, starts, step, (first, final) => pick(starts[first], last(starts[final], unit)));
}

function byClass(events) {
  const sums = {};
  for (const [event, count] of Object.entries(events)) sums[eventClass(event)] = (sums[eventClass(event)] ?? 0) + count;
  return sums;
}

const drawn = (count) => plural(count, "point or area", "points and areas");
const total = (sum) => Object.values(sum ?? {}).reduce((a, b) => a + b, 0);

function bar(sum, x, step, top, chosen, title) {
  const group = svg("g", { class: chosen ? "bar" : "bar out" });
  const name = svg("title");
  name.textContent = title;
  group.append(name, svg("rect", { x, y: 0, width: step, height: HEIGHT, class: "hit" }));
  let y = HEIGHT;
  for (const look of Object.keys(EVENT_CLASSES)) {
    const height = ((sum?.[look] ?? 0) / top) * (HEIGHT - 4);
    if (!height) continue;
    y -= height;
    group.append(svg("rect", { x: x + step * 0.08, y, width: step * 0.84, height, class: `look-${look}` }));
  }
  return group;
}

function drag(chart, starts, step, done) {
  const at = (event) => {
    const box = chart.getBoundingClientRect();
    const index = Math.floor((((event.clientX - box.left) / box.width) * WIDTH) / step);
    return Math.min(starts.length - 1, Math.max(0, index));
  };
  let first = null;
  chart.addEventListener("pointerdown", (event) => {
    first = at(event);
    chart.setPointerCapture(event.pointerId);
  });
  chart.addEventListener("pointermove", (event) => {
    if (first === null) return;
    const [low, high] = [first, at(event)].sort((a, b) => a - b);
    chart.querySelectorAll("g").forEach((group, i) => group.classList.toggle("out", i < low || i > high));
  });
  chart.addEventListener("pointerup", (event) => {
    const [low, high] = [first, at(event)].sort((a, b) => a - b);
    first = null;
    done(low, high);
  });
}

function describe(starts, unit, sums) {
  const busiest = starts.reduce((a, b) => (total(sums.get(b)) > total(sums.get(a)) ? b : a));
  return `Points and areas by ${unit}, ${span(starts[0], last(starts.at(-1), unit))}; most in ${span(busiest, last(busiest, unit))}: ${total(sums.get(busiest))}. Dates can be typed below.`;
}

function svg(name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function text(content) {
  const element = document.createElement("span");
  element.textContent = content;
  return element;
}
