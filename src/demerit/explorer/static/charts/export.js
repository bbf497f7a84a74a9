// Export: a chart as SVG, PNG or CSV, with the statement, what it does not show and how to cite it.

import { t } from "../texts.js";

const INK = "#1d1c1a",
  QUIET = "#5c5952",
  PAPER = "#ffffff";
// A drawing that stands alone has no web font: these are of the reader's own machine.
const FONT = '"Segoe UI", Roboto, Helvetica, Arial, sans-serif';
const MARGIN = 24;
// What a style sheet gives a drawing, written into the drawing itself.
const STYLES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "opacity",
  "fill-opacity",
  "fill-rule",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
  "paint-order",
];

/** Hand the reader a file. */
export function save(content, name, type) {
  const address = URL.createObjectURL(
    content instanceof Blob ? content : new Blob([content], { type }),
  );
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const saveSvg = (what) => save(svgText(what).text, `${what.id}.svg`, "image/svg+xml");

/** The same drawing in pixels, twice as many as it has units. */
export async function savePng(what) {
  const { text, width, height } = svgText(what);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), {
    width: 2 * width,
    height: 2 * height,
  });
  canvas.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error(t("away.no_png"));
  save(blob, `${what.id}.png`, "image/png");
}

/** The numbers, with what must go with them in lines that begin with #. */
export function saveCsv({ id, title, columns, rows, statement, notShown, cite, command }) {
  const head = [
    statement,
    title,
    ...notShown,
    cite,
    command && `${t("away.command")}: ${command}`,
    location.href,
  ]
    .filter(Boolean)
    .map((line) => `# ${line.replace(/\s+/g, " ")}`);
  const table = [columns, ...rows].map((row) => row.map(cell).join(","));
  save("\ufeff" + [...head, ...table].join("\r\n") + "\r\n", `${id}.csv`, "text/csv;charset=utf-8");
}

/** A cell as RFC 4180 has it; none begins with what a spreadsheet would take for a formula. */
function cell(value) {
  if (typeof value === "number") return String(value);
  let text = String(value ?? "");
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A drawing that stands alone: title, chart, statement, limits and citation in one SVG. */
export function svgText({ title, under, describe, statement, notShown, cite, drawn, svg }) {
  const chart = svg ? svg() : copyOf(drawn.current);
  const width = Math.max(480, chart.width + 2 * MARGIN);
  const lines = [];
  let y = MARGIN;
  const put = (text, size, colour, weight = 400) => {
    const long = lengthIn(size, weight);
    for (const line of wrapped(text, width - 2 * MARGIN, long)) {
      y += size * 1.3;
      lines.push(
        `<text x="${MARGIN}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="${colour}"${held(long(line))}>${escaped(line)}</text>`,
      );
    }
  };
  put(statement, 12, QUIET);
  y += 8;
  put(title, 20, INK, 650);
  if (under) put(under, 14, QUIET);
  const top = y + 14;
  y = top + chart.height;
  for (const line of notShown) put(line, 12, QUIET);
  if (cite) put(cite, 12, QUIET);
  const height = Math.ceil(y + MARGIN);
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family='${FONT}'>
<title>${escaped(title)}</title><desc>${escaped([statement, describe]
  .filter(Boolean).join(" "))}</desc>
<rect width="100%" height="100%" fill="${PAPER}"/>
${lines.join("\n")}
<g transform="translate(${MARGIN},${top})">${chart.inner}</g>
</svg>`;
  return { text, width, height };
}

/** The drawings of a figure below one another, in light colours, with their styles written in. */
function copyOf(element) {
  const drawings = [...element.querySelectorAll("svg[data-chart]")];
  if (drawings.length === 0) throw new Error(t("away.no_drawing"));
  element.classList.add("light");
  let width = 0,
    height = 0,
    inner = "";
  for (const drawing of drawings) {
    const copy = drawing.cloneNode(true),
      here = [drawing, ...drawing.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((node, k) => {
      const style = getComputedStyle(here[k]);
      for (const name of STYLES) {
        const value = style.getPropertyValue(name);
        if (value) node.setAttribute(name, value);
      }
      // As long as it is on the page, in whatever font it is read.
      if (here[k].localName === "text" && here[k].textContent.trim()) {
        node.setAttribute("textLength", here[k].getComputedTextLength().toFixed(1));
        node.setAttribute("lengthAdjust", "spacingAndGlyphs");
      }
      node.removeAttribute("class");
      node.removeAttribute("style");
    });
    const box = drawing.getBoundingClientRect();
    const size = {
      width: Number(drawing.getAttribute("width")) || box.width,
      height: Number(drawing.getAttribute("height")) || box.height,
    };
    const body = new XMLSerializer()
      .serializeToString(copy)
      .replace(/^<svg[^>]*>/, "")
      .replace(/<\/svg>$/, "");
    inner += `<g transform="translate(0,${height})">${body}</g>`;
    width = Math.max(width, size.width);
    height += size.height + 12;
  }
  element.classList.remove("light");
  return { width, height, inner };
}

const escaped = (text) =>
  text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

/** How long a line is in the font of a drawing [px]: (text) -> number. */
function lengthIn(size, weight) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${weight} ${size}px ${FONT}`;
  return (text) => context.measureText(text).width;
}

/** What keeps a line as long as it was measured, on a machine with other fonts, too. */
const held = (length) => ` textLength="${length.toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;

/** Words in lines of at most so many px; a word that is longer than a line is broken. */
function wrapped(text, most, long) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (long(longer) <= most) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = "";
    for (const letter of word) {
      if (line && long(line + letter) > most) {
        lines.push(line);
        line = "";
      }
      line += letter;
    }
  }
  return line ? [...lines, line] : lines;
}
