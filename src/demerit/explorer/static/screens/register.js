// Register: the public list of a month, of people who do not exist, and what being on it does.

import { html } from "../vendor/standalone.module.js";
import { change } from "../lib/address.js";
import { Fault } from "../lib/parts.js";
import { part, useFetched } from "../lib/run.js";
import { number } from "../lib/numbers.js";
import { t } from "../texts.js";
import { Figure } from "../charts/figure.js";

const SHOWN = 50;

export function Register({ run, address }) {
  const open = address.list === "1";
  return html`<section class="register" aria-labelledby="register">
    <h2 id="register">${t("register.title")}</h2>
    <p>${t("register.lead")}</p>
    ${open ? html`<${Listed} run=${run} address=${address} />` : html`<button class="controls"
      onClick=${() => change({ list: 1 })}>${t("register.open")}</button>`}
  </section>`;
}

function Listed({ run }) {
  const last = Math.max(0, (run.head.months_in_force || run.head.months) - 1);
  const found = useFetched(`register ${run.run}`, () =>
    part(run.run, `register?month=${last}&limit=${SHOWN}`),
  );
  if (found.fault) return html`<${Fault} fault=${found.fault} />`;
  if (!found.found) return html`<p class="waiting" role="status">${t("register.living")}</p>`;
  const { rows, does, why, count, month, looked_at: looked } = found.found;
  const title = t("register.figure", { month: month + 1 });
  return html`
    ${does.length > 0 && html`<h3>${t("register.does")}</h3><ul class="does">${does
      .map((one) => html`<li><span class="shut" aria-hidden="true">${one.value === 0
        ? "✕" : one.value < 1 ? "◐" : "＋"}
        </span> ${t("register.door", { door: one.title, text: one.text, tier: one.tier })}</li>`)}
          </ul>`}
    ${why && html`<p><strong>${why}</strong></p>`}
    ${
      rows.length > 0 &&
      html`<${Figure} id="register" level=${3} title=${title}
        under=${t("register.under", { count: number(count), looked: number(looked) })}
          describe=${t("register.under", { count: number(count), looked: number(looked) })}
      columns=${t("register.columns")} rows=${rows
        .map((r) => [`${r.person}`, r.place, r.tier, r.since + 1])} head=${run.head}
      csv=${`/api/runs/${encodeURIComponent(run.run)}/csv/register?month=${month}&kind=person`}>
      <ol class="listed">${rows.map(
        (
          row,
        ) => html`<li><button
          onClick=${() => (change({ person: row.person, where: null }, { step: true }), document.querySelector("main").scrollIntoView())}>
        <span class="listed-id number">${t("register.nobody", { id: row.person })}</span><span
          class="small quiet">${t("register.since", { tier: row.tier, month: row.since + 1 })}
            </span></button></li>`,
      )}</ol>
    <//>`
    }`;
}
