// Ending: a life that was played, beside the same person as the model lived them and their twin.

import { html, useEffect, useRef } from "../vendor/standalone.module.js";
import { link } from "../lib/address.js";
import { signed, without } from "../lib/lived.js";
import { useWidth } from "../lib/parts.js";
import { number } from "../lib/numbers.js";
import { Figure } from "../charts/figure.js";
import { Months } from "../charts/months.js";
import { t } from "../texts.js";

const LIVES = ["yours", "model", "twin"];

export function Ending({ told, run, person, move }) {
  const heading = useRef();
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { lives, knew } = told.end;
  const money = told.currency;
  return html`<section class="ended">
    <p class="lead answer" tabindex="-1" ref=${heading}>${t("live.ended", { of: told.of })} <strong>
      ${known(knew)}</strong></p>
    <p class="small quiet">${t("live.you_were", { id: person })} ${told.words}</p>
    <h2>${t("live.beside")}</h2>
    <p>${t("live.beside_says")}</p>
    <${Beside} ...${{ lives, money, of: told.of }} />
    <p class="same">${same(lives, money)}</p>
    <${Lines} ...${{ lives, money, head: run.head }} />
    <${Known} ...${{ knew }} />
    <h2>${t("live.next")}</h2>
    <ul class="doors">
      <li><a href=${link("life", { person })}>${t("live.read")}</a></li>
      <li><a href=${link("rules")}>${t("onward.rules")}</a></li>
      <li><a href=${link("guess")}>${t("onward.guess")}</a></li>
    </ul>
    <p class="row controls ended-again"><button class="main" onClick=${() => move(null)}>
      ${t("live.again")}</button>
      <button onClick=${() => move(without(told.choices))}>${t("live.undo")}</button></p>
  </section>`;
}

/** How much of what was done the scheme knew, in a sentence. */
function known({ done, written, untrue, months }) {
  if (months === 0) return t("live.knew.never");
  return `${t("live.knew.of", { done: number(done), written: number(written) })} ${t(
    untrue === 0 ? "live.knew.none" : untrue === 1 ? "live.knew.one" : "live.knew.some",
    { untrue: number(untrue) },
  )}`;
}

/** Three lives in numbers. */
function Beside({ lives, money, of }) {
  const last = (life) => life.points.findLast((points) => points !== null);
  const net = (life) => life.cash.at(-1) - life.owed.at(-1);
  const rows = [
    ["points", (l, k) => (k === "twin" || last(l) === undefined ? null : number(last(l)))],
    ["sanctioned", (l, k) => (k === "twin" ? null : l.sanctioned)],
    ["wrongful", (l, k) => (k === "twin" ? null : l.wrongful)],
    ["refused", (l, k) => (k === "twin" ? null : l.refused)],
    ["kept_in", (l, k) => (k === "twin" ? null : l.kept_in)],
    ["employed", (l) => l.employed],
    ["arrears", (l) => l.arrears],
    ["hungry", (l) => l.hungry],
    ["net", (l) => number(net(l))],
  ];
  return html`<table class="beside"><caption class="hidden">${t("live.beside")}</caption>
    <thead><tr><td></td>${LIVES.map((key) => html`<th scope="col" class=${key}>
      ${t(`live.life.${key}`)}</th>`)}</tr></thead>
    <tbody>${rows.map(
      ([name, of_]) => html`<tr><th scope="row">${t(`live.row.${name}`, { money, of })}</th>
        ${LIVES.map((key) => html`<td class=${`n ${key}`}>${of_(lives[key], key) ?? "–"}</td>`)}
      </tr>`,
    )}</tbody></table>`;
}

/** The same choices without the scheme, in a sentence. */
function same({ yours, same: law }, money) {
  const net = (life) => life.cash.at(-1) - life.owed.at(-1);
  const differs = [
    net(yours) !== net(law) &&
      t("live.same.net", { yours: number(net(yours)), law: number(net(law)), money }),
    yours.employed !== law.employed && t("live.same.employed", { yours: yours.employed,
      law: law.employed }),
    yours.refused > 0 && t("live.same.refused", { times: yours.refused }),
    yours.kept_in > 0 && t("live.same.kept_in", { times: yours.kept_in }),
    yours.hungry !== law.hungry && t("live.same.hungry", { yours: yours.hungry, law: law.hungry }),
  ].filter(Boolean);
  return `${t("live.same.begin")} ${differs.length ? differs.join(" ") : t("live.same.nothing")}`;
}

/** Score and money by month, as lines. */
function Lines({ lives, money, head }) {
  const box = useRef(),
    width = useWidth(box);
  const net = (life) => life.cash.map((cash, m) => cash - life.owed[m]);
  const length = lives.yours.cash.length;
  const points = ["yours", "model"].map((key) => ({
    kind: key === "model" ? "with" : key,
    name: t(`live.short.${key}`),
    values: lives[key].points,
  }));
  const sums = LIVES.map((key) => ({
    kind: { yours: "yours", model: "with", twin: "without" }[key],
    name: t(`live.short.${key}`),
    values: net(lives[key]),
  }));
  const repealed = head.repeal?.month;
  const marks =
    Number.isInteger(repealed) && repealed + 1 < length
      ? [{ month: repealed, name: t("live.line.ended") }]
      : [];
  const one = (name, title, under, series, levels = []) => html`<${Figure} id="play"
    name=${`play-${name}`} title=${title} under=${under} describe=${spoken(title, series)}
    columns=${[t("society.columns.month"), ...series.map((s) => s.name)]}
    rows=${Array.from({ length }, (_, m) => [m + 1, ...series.map((s) => s.values[m])])}
    head=${head}><${Months} ...${{ width, series, length, marks, levels }}
      label=${spoken(title, series)} /><//>`;
  const scored = points.some((s) => s.values.some((v) => v !== null));
  return html`<div class="ended-lines" ref=${box}>${
    width > 0 &&
    html`${scored && one("points", t("live.line.points"), t("live.line.points_under"), points,
      floors(head.tiers, points, width < 480))}
    ${one("money", t("live.line.money"), t("live.line.money_under", { money }), sums)}`
  }</div>`;
}

/** The floors of tiers next to the scores: where the lines would cross into another. */
function floors(tiers, series, narrow) {
  const all = series.flatMap((s) => s.values).filter((v) => v !== null);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const named = tiers.filter((tier) => tier.floor > 0);
  const below = Math.max(...named.map((tier) => tier.floor).filter((f) => f <= least));
  const above = Math.min(...named.map((tier) => tier.floor).filter((f) => f > most));
  return named
    .filter(({ floor }) => floor >= below && floor <= above)
    .map(({ key, floor }) => ({
      value: floor,
      name: narrow ? key : t("life.tier_from", { tier: key, floor: number(floor) }),
    }));
}

/** A drawing of lines for who does not see it: where each begins and ends. */
const spoken = (title, series) =>
  `${title}: ${series
    .map((s) => {
      const said = s.values.filter((v) => v !== null);
      return t("live.line.spoken", {
        name: s.name,
        first: number(said[0] ?? 0),
        last: number(said.at(-1) ?? 0),
      });
    })
    .join(" ")}`;

const MARKS = { written: "●", unseen: "○", unso: "✕" };
const MOST_MARKS = 30; // of a kind; the rest is a number

/** A mark for each time, for the eye; the numbers stand beside it. */
function Marks({ row }) {
  const times = { ...row, unseen: Math.max(0, row.done - row.written), unso: row.untrue };
  return html`<span class="marks" aria-hidden="true">${Object.keys(MARKS).map(
    (name) => html`<span class=${name}>${MARKS[name].repeat(Math.min(times[name], MOST_MARKS))}${
      times[name] > MOST_MARKS
        ? ` ${t("live.more_marks", { count: times[name] - MOST_MARKS })}`
        : ""
    }</span>`,
  )}</span>`;
}

/** What the scheme knew, deed by deed. */
function Known({ knew }) {
  if (knew.rows.length === 0) return null;
  const columns = t("live.knew.columns");
  return html`<h2 id="knew">${t("live.knew.title")}</h2><p>${t("live.knew.says")}</p>
    <p class="marks-key small quiet">${Object.keys(MARKS).map(
      (name) => html`<span><span class=${`marks ${name}`} aria-hidden="true">${MARKS[name]}</span>
        ${" "}${t(`live.knew.marks.${name}`)}</span>`,
    )}</p>
    <table class="knew" aria-labelledby="knew"><thead><tr>${columns.map(
      (name, k) => html`<th scope="col" class=${k > 0 ? "n" : ""}>${name}</th>`,
    )}</tr></thead>
    <tbody>${knew.rows.map(
      (row) => html`<tr><th scope="row">${row.title}<${Marks} row=${row} /></th>
        <td class="n">${signed(row.points)}</td>
        <td class="n">${row.done}</td><td class="n">${row.written}</td>
        <td class=${`n ${row.untrue ? "wrong" : ""}`}>${row.untrue}</td></tr>`,
    )}</tbody></table>`;
}
