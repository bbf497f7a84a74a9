// Guess first: the reader says what they expect, then sees what the run says, as a hundred marks.

import { html, useEffect, useRef } from "../vendor/standalone.module.js";
import { change, link, write } from "../lib/address.js";
import { Fault, notYet, useWidth } from "../lib/parts.js";
import { part, useFetched, useRun } from "../lib/run.js";
import { addressOf, questionOfRun, whyFixed } from "../lib/question.js";
import { Figure } from "../charts/figure.js";
import { Answered, Guessed, Ruler } from "../charts/hundred.js";
import { number } from "../lib/numbers.js";
import { t, word } from "../texts.js";
import { Onward, Setting, Share } from "./common.js";

const FIRST_GUESS = 50;
const OTHERS = ["suining", "national", "court-list"]; // whose answers are far apart
// Kind of sanction -> who can be read of it (replay/conditions.py).
const READ = {
  harm: "sanctioned for harm",
  error: "sanctioned for errors",
  unable: "sanctioned for poverty",
  lawful: "sanctioned for lawful conduct",
};

export function Guess({ address, tellStatement }) {
  const run = useRun(address);
  const shown = address.shown === "1";
  const guess = clamp(Number(address.guess || FIRST_GUESS), FIRST_GUESS);
  const anatomy = useFetched(run.run && `anatomy ${run.run}`, () => part(run.run, "anatomy"));
  useEffect(() => tellStatement(run.head?.statement), [run.head]);
  return html`
    <h1>${t("guess.title")}</h1>
    ${!shown && html`<p class="lead">${t("guess.lead")}</p>`}
    ${
      shown
        ? html`<${Answer} run=${run} anatomy=${anatomy} guess=${guess} />`
        : html`<${Question} guess=${guess} />`
    }
    <${Setting} run=${run} address=${address} />
    <${Onward} to="society" />`;
}

const clamp = (x, other = 0) => Math.min(100, Math.max(0, Number.isNaN(x) ? other : Math.round(x)));

function Question({ guess }) {
  const box = useRef(),
    width = useWidth(box);
  const set = (event) => change({ guess: clamp(Number(event.currentTarget.value)) });
  return html`<div class="guess controls">
    <div class="guess-dots" ref=${box}>
      ${width > 0 && html`<${Guessed} width=${Math.min(width, 340)} guess=${guess}
        label=${t("guess.dots", { guess })} />`}
    </div>
    <div class="guess-ask">
      <label class="guess-number" for="guess"><output class="big number" for="guess">${guess}
        </output>
        <span>${t("guess.of_hundred")}</span></label>
      <input id="guess" type="range" min="0" max="100" step="1" value=${guess} onInput=${set}
        aria-valuetext=${t("guess.value", { guess })} />
      <div class="row between small quiet"><span>${t("guess.none")}</span><span>${t("guess.all")}
        </span></div>
      <button class="main" onClick=${() => change({ guess, shown: 1 }, { step: true })}>
        ${t("guess.show")}</button>
    </div>
  </div>`;
}

function Answer({ run, anatomy, guess }) {
  const heading = useRef();
  const found = anatomy.found,
    defined = found?.defined;
  useEffect(() => heading.current?.focus(), [defined]);
  const waiting =
    notYet(run) ??
    (anatomy.fault
      ? html`<${Fault} fault=${anatomy.fault} />`
      : !found
        ? html`<p role="status">${t("guess.counting")}</p>`
        : null);
  return html`<div>
    ${waiting}
    ${!waiting && !defined && html`<p class="lead" tabindex="-1" ref=${heading}>
      ${t("guess.undefined", { of: run.head.title })}</p>`}
    ${!waiting && defined && html`<${Told} ...${{ run, found, guess, heading }} />`}
    <p><button onClick=${() => change({ shown: null }, { step: true })}>${t("guess.again")}</button>
      </p>
  </div>`;
}

function Told({ run, found, guess, heading }) {
  const box = useRef(),
    width = useWidth(box);
  const { answer } = found.guess,
    kinds = found.kinds;
  const harm = kinds.find((kind) => kind.key === "harm");
  const { low, high } = rangeOf(harm);
  const off = guess - answer;
  const verdict = Math.abs(off) <= 5 ? "near" : off > 0 ? "high" : "low";
  const others = kinds
    .filter((kind) => kind.key !== "harm" && kind.dots > 0)
    .sort((a, b) => b.dots - a.dots);
  const named = (kind) => word(`guess.kinds.${kind.key}`, kind.title);
  const list = others
    .map((kind) => t("guess.of_kind", { count: kind.dots, kind: named(kind) }))
    .join("; ");
  const span =
    low === null
      ? ""
      : t(isWide(harm) ? "guess.span_unknown" : "guess.span_chance", { low, high });
  const sentence = t("guess.answer", { answer, span });
  const groups = [harm, ...others].map((kind) => ({
    key: kind.key,
    count: kind.dots,
    name: named(kind),
  }));
  const rows = kinds.map((k) => [named(k), k.dots, rangeOf(k).low, rangeOf(k).high]);
  return html`
    <p class="lead answer" tabindex="-1" ref=${heading}>${t(`guess.${verdict}`, { guess })} <strong>
      ${sentence}</strong></p>
    <div class="told"><div ref=${box}>${width > 0 && html`<${Figure} id="anatomy" title=${t("guess.figure")}
      under=${t("guess.under", { months: number(found.sanctioned_person_months) })}
      describe=${`${sentence} ${list}`} columns=${t("guess.columns")} rows=${rows} head=${run.head}
      csv=${`/api/runs/${encodeURIComponent(run.run)}/csv/anatomy`}>
      <${Answered} width=${width} groups=${groups} label=${`${sentence} ${list}.`} />
      <p class="ruler-name small quiet">${t("guess.ruler")}</p>
      <${Ruler} width=${width} answer=${answer} low=${low} high=${high}
        guess=${guess}
        words=${{ answer: t("guess.mark_answer", { answer }), guess: t("guess.mark_guess", { guess }) }}
          label=${`${sentence} ${t("guess.mark_guess", { guess })}`} />
    <//>`}
    ${!isWide(harm) && html`<p class="small quiet">
      ${t("guess.not_worked_out")} ${!whyFixed(run.head) && html`<a
        href=${workedOut(run.head, guess)}>${t("guess.work_out")}</a>`}</p>`}
    </div><div class="told-next"><h2>${t("guess.next")}</h2>
    <ul class="doors">
      ${others
        .filter((kind) => READ[kind.key])
        .slice(0, 2)
        .map(
          (kind) =>
            html`<li><a href=${link("life", { where: READ[kind.key] })}>
              ${t(`guess.meet.${kind.key}`)}</a></li>`,
        )}
      <li><a href=${link("rules")}>${t("guess.drop")}</a></li>
    </ul>
    <h2>${t("guess.elsewhere")}</h2>
    <ul class="doors">${OTHERS.filter((key) => key !== run.head.scheme).map((key) => html`<li><a
      href=${write({ screen: "guess", scheme: key, guess, shown: 1 })}>${t(`guess.other.${key}`)}
        </a></li>`)}</ul>
    <${Share} text=${t("guess.share", { guess, answer, scheme: run.head.title })} />
    </div></div>`;
}

/** The question of a run again, with what nobody has published varied. */
const workedOut = (head, guess) =>
  link("guess", { ...addressOf(questionOfRun(head)), quick: 0, guess, shown: 1 });

const isWide = (kind) => kind.low !== null && kind.low !== undefined;
const rangeOf = (kind) => ({ low: kind.dots_low ?? null, high: kind.dots_high ?? null });
