// Timeline: both lives month by month; quiet months folded; each step with its rule and source.

import { html, useMemo } from "../vendor/standalone.module.js";
import { change } from "../lib/address.js";
import { number } from "../lib/numbers.js";
import { Basis, number2 } from "../lib/parts.js";
import { t } from "../texts.js";

const COLUMN = { law: "left", both: "middle", scheme: "right" };
const MARK = { deed: "●", record: "◉", file: "▤", door: "▮", work: "⚒", money: "¤", silence: "∅", other: "·" };

/** Months in order: {from, to, steps}; runs of months in which nothing loud happens are one. */
export function foldedMonths(told, all) {
  const by = new Map();
  for (const step of told.steps) by.set(step.month, [...(by.get(step.month) ?? []), step]);
  const rows = [];
  for (let month = 0; month < told.months.length; month++) {
    const steps = (by.get(month) ?? []).filter((step) => all || !step.quiet);
    const before = rows.at(-1);
    if (steps.length === 0 && before && before.steps.length === 0) before.to = month;
    else rows.push({ from: month, to: month, steps });
  }
  return rows;
}

export function Timeline({ told, all }) {
  const rows = useMemo(() => foldedMonths(told, all), [told, all]);
  return html`<section class="timeline" aria-labelledby="timeline">
    <h2 id="timeline">${t("life.timeline")}</h2>
    <label class="controls"><input type="checkbox" checked=${all} onChange=${(e) => change({ all: e.currentTarget.checked ? 1 : null })} /> ${t("life.all")}</label>
    <div class="lives-head" aria-hidden="true"><span class="without">${t("life.world.law")}</span><span></span><span class="with">${t("life.world.scheme")}</span></div>
    <ol class="lives">
      ${rows.map((row) => row.steps.length === 0
        ? html`<li class="quiet-months small quiet">${t(row.from === row.to ? "life.quiet_month" : "life.quiet_months", { from: row.from + 1, to: row.to + 1 })}</li>`
        : html`<li class="month"><h3 class="month-name"><span class="hidden">${t("life.month_word")} </span>${row.from + 1}</h3>
            ${["law", "both", "scheme"].map((world) => {
              const steps = row.steps.filter((step) => step.world === world);
              const state = world !== "both" && standing(told.months[row.from][world], told.currency);
              return (steps.length > 0 || state) && html`<div class=${`side ${COLUMN[world]}`}>
                ${state ? html`<p class="state small quiet"><span class="side-name">${t(`life.side.${world}`)}: </span>${state}</p>` : html`<p class="side-name small quiet">${t("life.side.both")}:</p>`}
                ${steps.map((step) => html`<${Step} step=${step} told=${told} />`)}</div>`;
            })}
          </li>`)}
    </ol>
  </section>`;
}

/** How a person stands after a month, in a few words. */
function standing(state, money) {
  const words = [];
  if (state.score_points !== undefined) words.push(t("life.stands.points", { points: number(state.score_points), tier: state.tier }));
  words.push(t(state.employed ? "life.stands.work" : "life.stands.no_work"));
  if (state.arrears > 0) words.push(t("life.stands.arrears", { sum: number(state.arrears), money }));
  if (state.wrongful) words.push(t("life.stands.wrongful"));
  else if (state.sanctioned) words.push(t("life.stands.sanctioned"));
  return words.join(", ");
}

const FALSE = ["false", "foreign", "mislabelled", "groundless"];

/** One thing that happened, and on demand why: the rule, the agency, the source. */
function Step({ step, told }) {
  const wrong = FALSE.includes(step.truth);
  const agency = step.agency && told.agencies[step.agency];
  const loud = wrong || /sanctioned|refused_wrongly/.test(`${step.event} ${step.answer ?? ""}`);
  return html`<div class=${`event ${step.kind} ${loud ? "loud" : ""}`}>
    <p><span class="event-mark" aria-hidden="true">${MARK[step.kind] ?? "·"}</span>${step.text}
      ${wrong && html` <span class="wrong">${t(`life.truth.${step.truth}`)}</span>`}</p>
    ${(step.rule || agency || step.source) && html`<details class="plain-summary why"><summary class="small">${t("life.why")}</summary>
      ${step.rule && html`<p class="small">${t("life.rule", { place: step.rule.place, value: number2(step.rule.value) })} <${Basis} of=${step.rule} sources=${told.sources} /></p>`}
      ${agency && html`<p class="small">${t("life.agency", { agency: agency.title })} ${agency.false && html`${t("life.agency_false", { value: number2(agency.false.value), unit: agency.false.unit ?? "" })} <${Basis} of=${agency.false} sources=${told.sources} />`}</p>`}
      ${step.source && html`<p class="small quiet">${step.source.text}</p>`}
    </details>`}
  </div>`;
}
