// Names and marks without a font or sprite server: MapLibre asks for each as an image, and it is drawn here with the
// reader's own fonts, in Latin or Cyrillic, so collisions are still settled by the map.

const DOT = 3;
const STYLES = {
  city: { font: "600 13px", dot: true },
  town: { font: "500 12px", dot: true },
  named: { font: "700 13px", dot: true },
  beside: { font: "700 13px", dot: false },
  oblast: { font: "600 12px", dot: false },
  water: { font: "italic 500 12px", dot: false },
};

/** Expressions for `icon-image` that name the images drawn below. */
export const labelImage = (style, palette) => ["concat", `label|${palette.name}|${style}|`, ["get", "name"]];
export const pieImage = (palette) => [
  "concat",
  `pie|${palette.name}|`,
  ["get", "radius"],
  "|",
  ["get", "looks"],
  "|",
  ["get", "actors"],
];

/** Layout that puts the dot of a label on its place. */
export const ON_DOT = { "icon-anchor": "left", "icon-offset": [-(DOT + 2), 0] };

export function provideImages(map, palettes) {
  map.on("styleimagemissing", ({ id }) => {
    const [kind, theme, ...rest] = id.split("|");
    const image = kind === "label" ? label(palettes[theme], ...rest) : pie(palettes[theme], ...rest);
    map.addImage(id, image, { pixelRatio: ratio() });
  });
}

// At least 2, so that names stay sharp when the window moves to a finer screen.
const ratio = () => Math.max(2, Math.ceil(devicePixelRatio || 1));

function paper(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * ratio());
  canvas.height = Math.ceil(height * ratio());
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.scale(ratio(), ratio());
  return { pen, image: () => pen.getImageData(0, 0, canvas.width, canvas.height) };
}

function label(palette, style, ...words) {
  const text = words.join("|");
  const { font, dot } = STYLES[style];
  const { ink, halo } = palette.labels[style];
  const face = `${font} system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
  const left = dot ? 2 * DOT + 6 : 3;
  const { pen, image } = paper(measure(text, face) + left + 4, 20);
  Object.assign(pen, {
    font: face,
    textBaseline: "middle",
    lineJoin: "round",
    strokeStyle: halo,
    fillStyle: ink,
    lineWidth: 3.5,
  });
  pen.strokeText(text, left, 10);
  pen.fillText(text, left, 10);
  if (dot) disc(pen, DOT + 2, 10, DOT);
  return image();
}

function measure(text, face) {
  const { pen } = paper(1, 1);
  pen.font = face;
  return pen.measureText(text).width;
}

function disc(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.lineWidth = 2;
  pen.stroke();
  pen.fill();
}

/** A stack on a point: inside, its events by their share; the rim, who acts in them. */
function pie(palette, radius, looks, actors) {
  const size = Number(radius);
  const { pen, image } = paper(2 * size + 4, 2 * size + 4);
  pen.translate(size + 2, size + 2);
  pen.fillStyle = palette.land;
  pen.beginPath();
  pen.arc(0, 0, size + 1, 0, 2 * Math.PI);
  pen.fill();
  slices(pen, looks, palette.events, size - 2.5);
  slices(pen, actors, palette.actors, size, size - 2.5);
  return image();
}

/** `shares` is "name,count,name,count…"; slices go clockwise from the top, from `inner` out to `outer`. */
function slices(pen, shares, colours, outer, inner = 0) {
  const parts = shares.split(",");
  const counts = parts.filter((_, i) => i % 2).map(Number);
  const all = counts.reduce((a, b) => a + b, 0);
  let from = -Math.PI / 2;
  counts.forEach((count, i) => {
    const to = from + (2 * Math.PI * count) / all;
    pen.fillStyle = colours[parts[2 * i]];
    pen.beginPath();
    if (!inner && counts.length > 1) pen.moveTo(0, 0);
    pen.arc(0, 0, outer, from, to);
    if (inner) pen.arc(0, 0, inner, to, from, true);
    pen.fill();
    from = to;
  });
}
