// The colours of the map, by day and by night. Actors and events keep their hue, so that a legend learnt once holds.

const DATA = {
  actors: { UA: "#2374d8", RU: "#d2402b", unknown: "#7b828c" },
  events: { ground: "#e2a100", movement: "#8d55cf", artillery: "#a0582a", air: "#0f9d8a", other: "#8a919c" },
};

const light = {
  ...DATA,
  name: "light",
  sea: "#cfdee8",
  abroad: "#ecebe6",
  land: "#faf9f5",
  border: "#c2bdae",
  oblast: "#d3cfc3",
  water: "#9dbccf",
  search: "#14181f",
  labels: {
    city: { ink: "#3c4149", halo: "#ffffffd9" },
    town: { ink: "#666c75", halo: "#ffffffd0" },
    named: { ink: "#14181f", halo: "#fffffff2" },
    beside: { ink: "#14181f", halo: "#fffffff2" },
    oblast: { ink: "#a39d8c", halo: "#faf9f5c0" },
    water: { ink: "#5f8aa6", halo: "#ffffff90" },
  },
};

const dark = {
  ...DATA,
  actors: { UA: "#5aa2ff", RU: "#ff7059", unknown: "#9aa2ad" },
  events: { ground: "#f0b62e", movement: "#b489ee", artillery: "#cf8553", air: "#31c4af", other: "#9aa2ad" },
  name: "dark",
  sea: "#121b24",
  abroad: "#1c2127",
  land: "#262c34",
  border: "#4b5561",
  oblast: "#3a424c",
  water: "#31506a",
  search: "#f4f6f8",
  labels: {
    city: { ink: "#c3cad3", halo: "#14181fd9" },
    town: { ink: "#98a1ac", halo: "#14181fd0" },
    named: { ink: "#ffffff", halo: "#0c0f13f2" },
    beside: { ink: "#ffffff", halo: "#0c0f13f2" },
    oblast: { ink: "#76818e", halo: "#262c34c0" },
    water: { ink: "#6f9dbf", halo: "#14181f90" },
  },
};

export const PALETTES = { light, dark };

const night = matchMedia("(prefers-color-scheme: dark)");
export const palette = () => (night.matches ? dark : light);
export const onTheme = (listener) => night.addEventListener("change", listener);
