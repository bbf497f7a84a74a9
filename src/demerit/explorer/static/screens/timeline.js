// Timeline: both lives month by month; quiet months folded; each step with its rule and source.

import { html, useMemo } from "../vendor/standalone.module.js";
import { change } from "../lib/address.js";
import { fromOne, number } from "../lib/numbers.js";
import { Basis, isStill, number2 } from "../lib/parts.js";
import { t } from "../texts.js";

const COLUMN = { law: "left", both: "middle", scheme: "right" };
const MARK = {
  deed: "●",
  record: "◉",
  file: "▤",
  door: "▮",
  work: "⚒",
  money: "¤",
  silence: "∅",
  other: "·",
};

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

const FALSE = ["false", "foreign", "mislabelled", "groundless"];
const SHOWN = 16; // rows before the reader asks for the rest
const MOST_TURNS = 7;
const TURNS = [
  "sanctioned",
  "posted",
  "job_lost",
  "judged",
  "goes_without",
  "corrected",
  "scheme_ends",
  "protests",
];

/** What turned a life: the first of each kind of loud step, in order. */
export function turns(told) {
  const kinds = new Set();
  const found = told.steps.filter((step) => {
    const untrue = step.event === "entered" && FALSE.includes(step.truth);
    const refused = step.event === "asked" && step.answer?.startsWith("refused");
    const kind = untrue
      ? "untrue"
      : refused
        ? "refused"
        : step.kind === "silence" && step.event === "withheld"
          ? "silence"
          : TURNS.includes(step.event)
            ? step.event
            : null;
    if (kind === null || kinds.has(`${kind} ${step.world}`)) return false;
    kinds.add(`${kind} ${step.world}`);
    return true;
  });
  return found.slice(0, MOST_TURNS);
}

/** A step in words; that the scheme has ended is told by its last month, as everywhere. */
export const say = (step) =>
  step.event === "scheme_ends" ? t("life.repealed", { month: step.month }) : fromOne(step.text);

/** Go to a month of the list, which is there once the whole list is. */
function goTo(month) {
  change({ rest: 1 });
  setTimeout(() => {
    const row = [...document.querySelectorAll(".lives > li")].findLast(
      (li) => Number(li.dataset.from) <= month,
    );
    row?.focus();
    row?.scrollIntoView({ block: "center", behavior: isStill() ? "auto" : "smooth" });
  }, 60);
}

export function Timeline({ told, all, rest }) {
  const rows = useMemo(() => foldedMonths(told, all), [told, all]),
    turning = useMemo(() => turns(told), [told]);
  const shown = rest ? rows : rows.slice(0, SHOWN),
    left = told.months.length - 1 - shown.at(-1).to;
  return html`<section class="timeline" aria-labelledby="timeline">
    ${
      turning.length > 0 &&
      html`<h2>${t("life.turning")}</h2><ol class="turns">${turning.map(
        (
          step,
        ) => html`<li><button class="plain" onClick=${() => goTo(step.month)}>
          ${t("life.month_tick", { month: step.month + 1 })}</button>${" "}
      <span class=${step.world === "law" ? "without" : step.world === "scheme" ? "with" : ""}>
        ${t(`life.side.${step.world}`)}</span> ${say(step)}</li>`,
      )}</ol>`
    }
    <h2 id="timeline">${t("life.timeline")}</h2>
    <label class="controls"><input type="checkbox" checked=${all}
      onChange=${(e) => change({ all: e.currentTarget.checked ? 1 : null })} /> ${t("life.all")}
        </label>
    <div class="lives-head" aria-hidden="true"><span class="without">${t("life.world.law")}</span>
      <span></span><span class="with">${t("life.world.scheme")}</span></div>
    <ol class="lives">
      ${shown.map((row) =>
        row.steps.length === 0
          ? html`<li class="quiet-months small quiet" data-from=${row.from} tabindex="-1">
          ${t(row.from === row.to
            ? "life.quiet_month" : "life.quiet_months", { from: row.from + 1, to: row.to + 1 })}
            </li>`
          : html`<${Month} key=${row.from} ...${{ row, told }} />`,
      )}
    </ol>
    ${left > 0 && html`<p class="controls rest"><button onClick=${() => change({ rest: 1 })}>
      ${t("life.rest", { count: left })}</button></p>`}
  </section>`;
}

/** A month in which something happened: without left, with right, what is alike between. */
function Month({ row, told }) {
  return html`<li class="month" data-from=${row.from} tabindex="-1"><h3 class="month-name"><span
    class="hidden">${t("life.month_word")} </span>${row.from + 1}</h3>
    ${["law", "scheme", "both"].map((world) => {
      const steps = counted(row.steps.filter((step) => step.world === world));
      const state = world !== "both" && standing(told.months[row.from][world], told.currency);
      return (
        (steps.length > 0 || state) &&
        html`<div class=${`side ${COLUMN[world]}`}>
        ${state ? html`<p class="state small quiet"><span class="side-name">
          ${t(`life.side.${world}`)}: </span>${state}</p>` : html`<p class="side-name small quiet">
            ${t("life.side.both")}:</p>`}
        ${steps.map((step) => html`<${Step} step=${step} told=${told} />`)}</div>`
      );
    })}
  </li>`;
}

/** Steps that say the same, once, with how often. */
function counted(steps) {
  const found = new Map();
  for (const step of steps) {
    const before = found.get(step.text);
    found.set(step.text, before ? { ...before, often: before.often + 1 } : { ...step, often: 1 });
  }
  return [...found.values()];
}

/** How a person stands after a month, in a few words. */
function standing(state, money) {
  const words = [];
  if (state.score_points !== undefined)
    words.push(t("life.stands.points", { points: number(state.score_points), tier: state.tier }));
  words.push(t(state.employed ? "life.stands.work" : "life.stands.no_work"));
  if (state.arrears > 0)
    words.push(t("life.stands.arrears", { sum: number(state.arrears), money }));
  if (state.wrongful) words.push(t("life.stands.wrongful"));
  else if (state.sanctioned) words.push(t("life.stands.sanctioned"));
  return words.join(", ");
}

/** One thing that happened, and on demand why: the rule, the agency, the source. */
function Step({ step, told }) {
  const wrong = FALSE.includes(step.truth);
  const agency = step.agency && told.agencies[step.agency];
  const loud = wrong || /sanctioned|refused_wrongly/.test(`${step.event} ${step.answer ?? ""}`);
  return html`<div class=${`event ${step.kind} ${loud ? "loud" : ""}`}>
    <p><span class="event-mark" aria-hidden="true">${wrong ? "⚠" : (MARK[step.kind] ?? "·")}</span>
      ${say(step)}${step.often > 1 ? ` ${t("life.times", { count: step.often })}` : ""}</p>
    ${
      (step.rule || agency || step.source) &&
      html`<details class="plain-summary why"><summary class="small">${t("life.why")}<span
        class="hidden"> ${t("life.why_long")}: ${say(step)}</span></summary>
      ${step.rule && html`<p class="small">
        ${t("life.rule", { place: step.rule.place, value: number2(step.rule.value) })} <${Basis}
          of=${step.rule} sources=${told.sources} /></p>`}
      ${agency && html`<p class="small">
        ${t("life.agency", { agency: agency.title })} ${agency.false
          && html`${t("life.agency_false", { value: number2(agency.false.value), unit: agency.false.unit
          ?? "" })} <${Basis} of=${agency.false} sources=${told.sources} />`}</p>`}
      ${step.source && html`<p class="small quiet">${step.source.text}</p>`}
    </details>`
    }
  </div>`;
}
