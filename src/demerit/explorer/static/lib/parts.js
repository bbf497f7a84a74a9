// Parts: what every screen is put together from: waiting, faults, basis of a number, who is asked.

import { html, useEffect, useState } from "../vendor/standalone.module.js";
import { t } from "../texts.js";
import { cancel } from "./server.js";
import { number } from "./numbers.js";

/** A fault, as words: what, where, what is allowed, how to mend it; and a way to try again. */
export function Fault({ fault, again }) {
  return html`<div class="fault" role="alert">
    <p><strong>${t("fault.title")}</strong> ${fault.message}</p>
    ${fault.allowed && html`<p>${t("fault.allowed", { allowed: fault.allowed })}</p>`}
    ${fault.mend && html`<p>${fault.mend}</p>`}
    ${again && html`<button onClick=${again}>${t("fault.again")}</button>`}
  </div>`;
}

/** How far a run has come. */
export function Progress({ progress }) {
  const seconds = useSeconds();
  const { event = "asking", done, total } = progress ?? {};
  const p =
    event === "month" ? { at: progress.month + 1, of: progress.months } : { at: done, of: total };
  const words = { ...progress, month: (progress?.month ?? 0) + 1, done, total, seconds };
  return html`<div class="waiting" aria-busy="true">
    <p role="status">${t(`progress.${event}`, words)}</p>
    ${p.of ? html`<progress max=${p.of} value=${p.at} aria-label=${t("progress.label")} />` : null}
    ${progress?.job && seconds > 1 && html`<button class="controls"
      onClick=${() => cancel(progress.job).catch(() => null)}>${t("progress.stop")}</button>`}
    ${seconds > 3 && html`<p class="small quiet">${t("progress.seconds", { seconds })}</p>`}
  </div>`;
}

function useSeconds() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - began) / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}

/** What a run is still lacking, or null when it is there: a fault or its progress. */
export const notYet = (run) =>
  run.fault
    ? html`<${Fault} fault=${run.fault} again=${run.again} />`
    : run.head
      ? null
      : html`<${Progress} progress=${run.progress} />`;

/** One word and a mark for what a number rests on; of several, the weakest gives the mark. */
export function Chip({ basis }) {
  const all = basis.split(", ");
  const weakest = ["assumed", "inferred", "stated"].find((one) => all.includes(one));
  return html`<span class=${`basis ${weakest}`}>
    ${all.map((one) => t(`basis.${one}`)).join(", ")}</span>`;
}

/** What a number rests on: stated, inferred or assumed, with the reason or the source on demand. */
export function Basis({ of, sources = {} }) {
  if (!of.basis) return null;
  const cited = of.source && (sources[of.source] ?? of.source);
  const who =
    cited && typeof cited === "object"
      ? [cited.author, cited.title, cited.year].filter(Boolean).join(", ")
      : cited;
  const rests = [
    of.range && t("basis.range", { low: number2(of.range[0]), high: number2(of.range[1]) }),
    who && t("basis.source", { source: who }),
    of.where,
    of.why,
  ]
    .filter(Boolean)
    .join(". ");
  return html`<${Chip} basis=${of.basis} />${
    rests && html`<span class="small quiet"> ${rests}.</span>`
  }`;
}

/** A number of a data file, with as many decimals as it has (but no more than four digits). */
export const number2 = (x) =>
  x === null || x === undefined
    ? "–"
    : Math.abs(x) >= 1 || x === 0
      ? number(x, Number.isInteger(x) ? 0 : 2)
      : String(Number(x.toPrecision(3)));

/** A fact list. */
export const Facts = ({ rows }) =>
  html`<dl class="facts">${rows.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;

/** Does the reader want things to keep still? */
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The width of an element as it is now [px]. */
export function useWidth(ref, least = 280) {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const look = () =>
      ref.current && setWidth(Math.max(least, Math.floor(ref.current.clientWidth)));
    const watcher = new ResizeObserver(look);
    watcher.observe(ref.current);
    look();
    return () => watcher.disconnect();
  }, []);
  return width;
}
