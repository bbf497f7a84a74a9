// Puzzle: three rules, so that fraud falls and nobody innocent loses a train ticket. It checks itself.

import { html } from "../vendor/standalone.module.js";
import { number } from "../lib/numbers.js";
import { t } from "../texts.js";

export const PUZZLE = "#rules?scheme=national&puzzle=1";
const MOST = 3;
const TRAINS = ["train", "travel"];

/** The tests of an answer: {rules, fraud, trains}, each true, false, or null while not known. */
export function judge({ changes, four, doors, done }) {
  const count = Object.keys(changes).length;
  const told = done && four && doors;
  const lost = told ? TRAINS.reduce((sum, door) => sum + (doors[door]?.wrongly ?? 0), 0) : null;
  const fewer = told ? four.fraud.without - four.fraud.with : null;
  return {
    count,
    lost,
    fewer,
    rules: count > 0 && count <= MOST,
    fraud: told ? fewer > 0 : null,
    trains: told ? lost === 0 : null,
  };
}

export function Puzzle({ question, answer, plain }) {
  const changes = question.changes,
    moved = Object.keys(changes).length > 0;
  const found = judge({ changes, ...(moved ? answer : plain) });
  const solved = found.rules && found.fraud && found.trains;
  const test = (
    name,
    ok,
    words,
  ) => html`<li class=${`test ${ok === null ? "open" : ok ? "yes" : "no"}`}><span
    aria-hidden="true">${ok === null ? "…" : ok ? "✓" : "✕"}</span>
    <span class="hidden">${t(ok === null ? "puzzle.open" : ok
      ? "puzzle.yes" : "puzzle.no")}: </span>${words}</li>`;
  return html`<section class="puzzle card" aria-labelledby="puzzle">
    <h2 id="puzzle" class="flush">${t("puzzle.title")}</h2>
    <p>${t("puzzle.task")}</p>
    <div role="status"><ul class="tests">
      ${test("rules", found.rules, t("puzzle.rules", { count: found.count, most: MOST }))}
      ${test("fraud", found.fraud, found.fraud === null
        ? t("puzzle.fraud_open") : t("puzzle.fraud", { with: perYear(moved
        ? answer : plain, "with"), without: perYear(moved ? answer : plain, "without") }))}
      ${test("trains", found.trains, found.trains === null
        ? t("puzzle.trains_open") : t("puzzle.trains", { lost: number(found.lost) }))}
    </ul></div>
    ${solved && html`<p class="solved"><strong>${t("puzzle.solved")}</strong></p>`}
    <details class="plain-summary"><summary>${t("puzzle.hint")}</summary><p>${t("puzzle.hint_text")}
      </p></details>
    <p class="small quiet">${t("puzzle.note")}</p>
  </section>`;
}

const perYear = (answer, world) => number(answer.four.fraud[world] * 12 * 10_000, 2);
