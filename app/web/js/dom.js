// How elements are made: every string becomes a text node, so that no text of a report is ever read as HTML.

/** An element with attributes (`class`, `onclick`, `aria-…`), and children: nodes, strings, or null to leave out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Only http(s) addresses become links: a feed may carry any string as its address. */
export function link(href, text, attributes = {}) {
  const outside = /^https?:\/\//i.test(href);
  return h(
    "a",
    { href, ...(outside ? { rel: "noopener noreferrer nofollow", target: "_blank" } : {}), ...attributes },
    text,
  );
}

export function safeAddress(text) {
  return typeof text === "string" && /^https?:\/\//i.test(text) ? text : null;
}

export function debounce(wait, action) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), wait);
  };
}
