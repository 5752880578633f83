// Lines over time in SVG. What a line shows is told in words too, for those who do not see it.

const svgNamespace = "http://www.w3.org/2000/svg";
const width = 300;
const height = 60;

function element(name, attributes) {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  return made;
}

/** The points of a line, from left to right; a gap where there is no value. */
export function pathOf(values, slots, top) {
  let path = "";
  let isDown = false;
  values.forEach((value, i) => {
    if (value === null || value === undefined) {
      isDown = false;
      return;
    }
    const x = width - (values.length - 1 - i) * width / (slots - 1);
    const y = height - value / top * height;
    path += `${isDown ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    isDown = true;
  });
  return path;
}

/** An empty plot. */
export const create = () => element("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img" });

/** Draws lines into a plot; gives what its upper edge means, or nothing if that is nothing. */
export function draw(svg, lines, slots, format, title) {
  const values = lines.flatMap(line => line.values).filter(value => value !== null && value !== undefined);
  const top = Math.max(...values, 0) || 1;
  svg.replaceChildren(
    element("line", { class: "grid", x1: 0, x2: width, y1: height, y2: height }),
    element("line", { class: "grid", x1: 0, x2: width, y1: 0, y2: 0 }),
    ...lines.map(line => element("path", { class: `plot plot-${line.style}`, d: pathOf(line.values, slots, top) })));
  const said = lines.map(line => `${line.name} ${format(line.values.at(-1))}`).join(", ");
  svg.setAttribute("aria-label", `${title}: ${said}; highest in the last minutes ${values.length > 0 ? format(Math.max(...values)) : "unknown"}`);
  return Math.max(...values, 0) > 0 ? format(top) : "";
}

/** A piece of a line as it is drawn, for a legend. */
export function swatch(style) {
  const svg = element("svg", { viewBox: "0 0 26 6", class: "swatch", "aria-hidden": "true" });
  svg.append(element("path", { class: `plot plot-${style}`, d: "M0 3L26 3" }));
  return svg;
}
