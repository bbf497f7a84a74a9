// File: what the scheme holds on a person, as each may see it, and as the laboratory knows it.

import { html } from "../vendor/standalone.module.js";
import { change } from "../lib/address.js";
import { Fault } from "../lib/parts.js";
import { part, useFetched } from "../lib/run.js";
import { fromOne, number } from "../lib/numbers.js";
import { t, word } from "../texts.js";

const VIEWERS = ["clerk", "laboratory", "subject", "partner", "citizen"];

export function File({ run, person, months, address }) {
  const viewer = VIEWERS.includes(address.as) ? address.as : "clerk";
  const month = Math.min(
    months - 1,
    Math.max(0, Number(address.month ?? lastInForce(run.head, months)) || 0),
  );
  const seen = useFetched(`file ${run.run} ${person} ${viewer} ${month}`, () =>
    part(run.run, `people/${encodeURIComponent(person)}/file?as=${viewer}&month=${month}`),
  );
  return html`<section class="file" aria-labelledby="file">
    <h2 id="file">${t("file.title")}</h2>
    <p>${t("file.lead")}</p>
    <div class="controls">
      <fieldset><legend class="hidden">${t("file.who_looks")}</legend><div class="choices">
        ${VIEWERS.map((name) => html`<label><input type="radio" name="as"
          checked=${name === viewer} onChange=${() => change({ as: name })} />
            ${t(`file.as.${name}`)}</label>`)}
      </div></fieldset>
      <label class="after"><span>${t("file.after", { month: month + 1 })}</span>
        <input type="range" min="0" max=${months - 1} value=${month}
          aria-valuetext=${t("file.after", { month: month + 1 })}
            onChange=${(e) => change({ month: Number(e.currentTarget.value) })} /></label>
    </div>
    <div class=${`card paper ${viewer}`} aria-live="polite">
      <p class="small quiet">${t(`file.says.${viewer}`)}</p>
      ${seen.fault ? html`<${Fault} fault=${seen.fault} />` : !seen.found ? html`<p role="status">
        ${t("file.fetching")}</p>` : html`<${Held} seen=${seen.found} viewer=${viewer} />`}
    </div>
  </section>`;
}

const lastInForce = (head, months) =>
  Math.max(0, Math.min(months, head.months_in_force ?? months) - 1);

function Held({ seen, viewer }) {
  if (!seen.has_file) return html`<p>${t("file.none")}</p>`;
  const { entries, notices, refusals, points_given: given, ...rest } = seen.file;
  const facts = Object.entries(rest).filter(([, v]) => v !== null && typeof v !== "object");
  return html`
    ${seen.file.public === false && html`<p>${t("file.not_public")}</p>`}
    <dl class="facts">${facts.filter(([k]) => k !== "public").map(([key, value]) => html`<div><dt>
      ${word(`file.fact.${key}`, key.replaceAll("_", " "))}</dt><dd>${sayFact(key, value)}</dd>
        </div>`)}</dl>
    ${entries && html`<${Entries} rows=${entries} viewer=${viewer} />`}
    ${notices && html`<h3>${t("file.notices")}</h3>${notices.length ? html`<ul>${notices
      .map((row) => html`<li>${fromOne(row.text ?? row.deed_title)}</li>`)}</ul>` : html`<p>
        ${t("file.no_notices")}</p>`}`}
    ${refusals && refusals.length > 0 && html`<h3>${t("file.refusals")}</h3><ul>${refusals
      .map((row) => html`<li>${fromOne(row.text ?? row.door)}</li>`)}</ul>`}
    ${seen.file.score_without_points && html`<${Shadows}
      of=${seen.file.score_without_points} />`}`;
}

/** Every entry; only the laboratory has the column that says which are true. */
function Entries({ rows, viewer }) {
  if (rows.length === 0) return html`<p>${t("file.no_entries")}</p>`;
  const lab = viewer === "laboratory";
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t("file.entries")}><table>
    <thead><tr><th scope="col">${t("file.column.what")}</th><th scope="col">${t("file.column.who")}
      </th><th scope="col">${t("file.column.since")}</th><th scope="col" class="n">
        ${t("file.column.points")}</th>${lab && html`<th scope="col">${t("file.column.truth")}
          </th>`}</tr></thead>
    <tbody>${rows.map(
      (row) => html`<tr class=${lab && row.truth !== "true" ? "untrue" : ""}>
      <th scope="row">${row.deed_title}</th><td>${row.agency_title}${row.joined_by_name
        ? ` ${t("file.by_name")}` : ""}</td>
      <td>${t("file.month", { month: row.arrived + 1 })}</td><td class="n">${row.points > 0
        ? "+" : ""}${number(row.points)}</td>
      ${lab && html`<td>${row.truth === "true" ? t("file.true") : html`<strong class="wrong">
        ${t(`life.truth.${row.truth}`)}</strong>`}${row.unable ? ` ${t("file.unable")}` : ""}</td>`}
    </tr>`,
    )}</tbody></table></div>`;
}

/** The score with one kind of entry left out, which tells what a sanction hangs on. */
function Shadows({ of }) {
  return html`<h3>${t("file.shadows")}</h3><dl class="facts">${Object.entries(of).map(
    ([name, points]) =>
      html`<div><dt>${word(`file.shadow.${name}`, name)}</dt><dd>${number(points)}</dd></div>`,
  )}</dl>`;
}

function sayFact(key, value) {
  if (typeof value === "boolean") return t(value ? "file.yes" : "file.no");
  if (key === "but_for") return word(`file.but_for.${value}`, value);
  return typeof value === "number" ? number(value) : String(value);
}
