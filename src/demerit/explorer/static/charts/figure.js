// Figure: a chart with its words, its numbers as a table, and all that goes with it elsewhere.

import { html, useRef, useState } from "../vendor/standalone.module.js";
import { get } from "../lib/server.js";
import { head as headOf, part, useFetched } from "../lib/run.js";
import { Fault } from "../lib/parts.js";
import { t } from "../texts.js";
import { save, saveCsv, savePng, saveSvg } from "./export.js";

/**
 * A chart.
 *
 * id        key of the chart: what it does not show; name: of its files, where one key has several
 * title, under, describe   heading, line below it, and what a screen reader is told of the drawing
 * columns, rows   the numbers of the drawing, for the table and the CSV file
 * head      head of the run(s) behind it, or null
 * csv       address of the server's CSV file, where there is one
 * svg       (for a chart on canvas) makes the SVG text from the size
 */
export function Figure({
  id,
  name = id,
  title,
  under,
  describe,
  columns,
  rows,
  head,
  csv,
  svg,
  level = 2,
  children,
}) {
  const drawn = useRef();
  const Heading = `h${level}`;
  return html`<figure id=${`figure-${name}`} aria-labelledby=${`title-${name}`}>
    <${Heading} id=${`title-${name}`} class="figure-title">${title}<//>
    ${under && html`<p class="under">${under}</p>`}
    <div ref=${drawn} class="drawn">${children}</div>
    ${describe && html`<p class="hidden" id=${`says-${name}`}>${describe}</p>`}
    <${TakeAway} ...${{ id, name, title, under, describe, columns, rows, head, csv, svg, drawn }} />
  </figure>`;
}

function TakeAway(props) {
  const [open, setOpen] = useState(false);
  return html`<details class="away" onToggle=${(e) => setOpen(e.currentTarget.open)}>
    <summary>${t("away.title")}</summary>
    ${open && html`<${Taken} ...${props} />`}
  </details>`;
}

function Taken({ id, name, title, under, describe, columns, rows, head, csv, svg, drawn }) {
  const about = useFetched(`away ${id} ${head?.names ?? head?.name}`, () => behind(id, head));
  const [failed, setFailed] = useState(null);
  if (about.fault) return html`<${Fault} fault=${about.fault} />`;
  if (!about.found) return html`<p role="status">${t("away.waiting")}</p>`;
  const what = { id: name, title, under, describe, columns, rows, drawn, svg, ...about.found };
  const run = (how) => async () => {
    try {
      await how(what);
      setFailed(null);
    } catch (why) {
      setFailed(why);
    }
  };
  const { cite, notShown, command, files } = about.found;
  const drawing = svg || drawn.current?.querySelector("svg[data-chart]"); // a list is no drawing
  return html`
    <div class="row">
      ${drawing && html`<button onClick=${run(saveSvg)}>SVG</button><button
        onClick=${run(savePng)}>PNG</button>`}
      ${
        csv
          ? html`<a class="button small-button" href=${csv} download>CSV</a>`
          : html`<button onClick=${run(saveCsv)}>CSV</button>`
      }
    </div>
    ${failed && html`<${Fault} fault=${failed} />`}
    <${Table} columns=${columns} rows=${rows} title=${title} />
    <dl>
      ${notShown.length > 0 && html`<dt>${t("away.not_shown")}</dt>${notShown
        .map((line) => html`<dd>${line}</dd>`)}`}
      ${cite && html`<dt>${t("away.cite")}</dt><dd>${cite}</dd>`}
      ${
        command &&
        html`<dt>${t("away.command")}</dt><dd><pre tabindex="0">${command}</pre>
        ${files.map((file) => html`<button
          onClick=${() => save(file.text, file.name, "application/toml")}>
          ${t("away.file", { name: file.name })}</button>`)}</dd>`
      }
      <dt>${t("away.address")}</dt><dd><pre tabindex="0">${location.href}</pre></dd>
    </dl>`;
}

/** What goes with a chart that is taken away: statement, citation, limits, command, its file. */
async function behind(id, head) {
  const { charts } = await get("/api/catalogue", { keep: true });
  const names = head?.names ?? (head?.name ? [head.name] : []);
  const [about, ...runs] = await Promise.all([get("/api/about"), ...names.map(headOf)]);
  const cites = await Promise.all(names.map((name) => part(name, "cite")));
  const commands = await Promise.all(names.map((name) => part(name, "command")));
  return {
    statement: runs[0]?.statement ?? about.statement,
    notShown: charts[id]?.not_shown ?? [],
    cite: cites.map((one) => one.text).join(" "),
    command: commands.map((one) => one.command).join("\n"),
    files: commands.map((one) => one.file).filter(Boolean),
  };
}

/** The numbers of a chart. */
export function Table({ columns, rows, title }) {
  return html`<div class="scroll" tabindex="0" role="region"
    aria-label=${t("away.table", { title })}>
    <table><thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr>${row.map((cell, i) =>
          i === 0
            ? html`<th scope="row">${cell}</th>`
            : html`<td class=${typeof cell === "number" ? "n" : ""}>${cell ?? "–"}</td>`,
        )}</tr>`,
    )}</tbody></table>
  </div>`;
}
