// One life, told twice: one synthetic person month by month, with the scheme and without.

import { html, useEffect, useState } from "../vendor/standalone.module.js";
import { change, link } from "../lib/address.js";
import { Fault, notYet } from "../lib/parts.js";
import { part, useFetched, useRun } from "../lib/run.js";
import { query } from "../lib/server.js";
import { number } from "../lib/numbers.js";
import { t, word } from "../texts.js";
import { Onward, Setting, Share } from "./common.js";
import { File } from "./file.js";
import { Register } from "./register.js";
import { Tracks } from "./tracks.js";
import { Timeline } from "./timeline.js";

// Whom a reader may ask for: conditions of replay/conditions.py, in the order of the list.
const ASKED = [
  "wrongly sanctioned",
  "sanctioned",
  "sanctioned for errors",
  "sanctioned for poverty",
  "sanctioned for lawful conduct",
  "sanctioned for harm",
  "wrongly refused",
  "silenced",
  "false entry",
  "out of work",
  "distressed",
  "poorest",
  "scored",
];
const LIMIT = 30;

export function Life({ address, tellStatement }) {
  const run = useRun(address);
  useEffect(() => tellStatement(run.head?.statement), [run.head]);
  const where = address.where ?? (address.person === undefined ? ASKED[0] : "");
  const people = useFetched(
    run.run && (where || address.person === undefined) ? `find ${run.run} ${where}` : null,
    () => firstOf(run.run, where),
  );
  const person = address.person ?? people.found?.ids[0];
  const unreadable = run.head && !run.head.lives;
  return html`
    <h1>${t("life.title")}</h1>
    <p class="lead">${t("life.lead")}</p>
    ${notYet(run)}
    ${unreadable && html`<${Fault} fault=${new Error(run.head.why_not)} />`}
    ${
      run.head &&
      !unreadable &&
      html`
      <${Choose} ...${{ people, where, person }} />
      ${person !== undefined && html`<${Told} key=${`${run.run} ${person}`}
        ...${{ run, address, person }} />`}
      <${Register} ...${{ run, address }} />`
    }
    <${Setting} run=${run} address=${address} />
    <${Share} />
    <${Onward} to="rules" />`;
}

/** People of whom the condition holds; where there are none, of the next conditions of the list. */
async function firstOf(run, where) {
  const ask = (words) => part(run, `find?${query({ where: words, limit: LIMIT })}`);
  const found = await ask(where || ASKED.at(-1));
  if (found.ids.length > 0) return found;
  for (const next of ASKED.slice(ASKED.indexOf(where) + 1)) {
    const other = await ask(next);
    if (other.ids.length > 0) return { ...other, instead: next, none: where };
  }
  return found;
}

/** Whom to read. */
function Choose({ people, where, person }) {
  const ids = people.found?.ids ?? [],
    here = ids.indexOf(Number(person));
  const next = (way) =>
    change({
      where: people.found.instead ?? where,
      person: ids[(here + way + ids.length) % ids.length],
    });
  const asked = ASKED.includes(where) || !where ? ASKED : [where, ...ASKED];
  return html`<div class="choose controls">
    <label><span>${t("life.whom")}</span>
      <select value=${people.found?.instead ?? where}
        onChange=${(e) => change({ where: e.currentTarget.value, person: null }, { step: true })}>
        ${!where && html`<option value="">${t("life.this_one")}</option>`}
        ${asked.map((name) => html`<option value=${name} selected=${name === (people.found?.instead
          ?? where)}>${word(`life.where.${name.replaceAll(" ", "_")}`, name)}</option>`)}
      </select></label>
    ${ids.length > 1 && html`<div class="row"><button
      onClick=${() => next(-1)}>← ${t("life.previous")}</button><button onClick=${() => next(1)}>
        ${t("life.next")} →</button></div>`}
    <p class="small quiet" role="status">${
      people.fault
        ? html`<${Fault} fault=${people.fault} />`
        : !people.found
          ? where
            ? t("life.looking")
            : ""
          : people.found.ids.length === 0
            ? t("life.nobody", { looked: number(people.found.looked_at) })
            : people.found.none
              ? t("life.instead", { looked: number(people.found.looked_at) })
              : t("life.found", {
                  count: number(people.found.count),
                  looked: number(people.found.looked_at),
                })
    }</p>
  </div>`;
}

function Told({ run, address, person }) {
  const life = useFetched(`life ${run.run} ${person}`, () =>
    part(run.run, `people/${encodeURIComponent(person)}`),
  );
  const [month, setMonth] = useState(null);
  if (life.fault) return html`<${Fault} fault=${life.fault} />`;
  if (!life.found) return html`<p class="waiting" role="status">${t("life.living")}</p>`;
  const told = life.found;
  return html`
    <section class="who card"><h2>${t("life.person", { id: told.person })}</h2>
      <p>${told.words}</p>
      <p class="small quiet">${told.note}</p>
      <p class="controls"><a href=${link("live", { person: told.person })}>
        ${t("life.live_it")} →</a></p></section>
    <${Ending} told=${told} />
    <${Tracks} ...${{ told, head: run.head }} />
    <${Timeline} ...${{ told, all: address.all === "1", rest: address.rest === "1" }} />
    <${File} ...${{ run, person, months: told.months.length, address, month, setMonth }} />`;
}

/** How both lives stand at the end, in two columns. */
function Ending({ told }) {
  const last = told.months.at(-1),
    sums = (world) => ({
      work: told.months.filter((m) => m[world].employed).length,
      behind: told.months.filter((m) => m[world].arrears > 0).length,
      cash: last[world].cash,
    });
  const sanctioned = told.months.filter((m) => m.scheme.sanctioned).length;
  const wrongly = told.months.filter((m) => m.scheme.wrongful).length;
  const shut = told.steps.filter(
    (s) =>
      s.event === "asked" && s.world !== "law" && /refused/.test(s.answer ?? s.text.toLowerCase()),
  ).length;
  const silent = told.steps.filter((s) => s.kind === "silence").length;
  const one = (world) => {
    const { work, behind, cash } = sums(world),
      kind = world === "law" ? "without" : "with";
    return html`<section class=${`ending ${kind}`}><h3 class=${kind}>${t(`life.world.${world}`)}
      </h3><ul>
      <li>${t("life.end.work", { months: work, of: told.months.length })}</li>
      <li>${t("life.end.behind", { months: behind })}</li>
      <li>${t("life.end.cash", { cash: number(cash), money: told.currency })}</li>
      ${
        world === "scheme" &&
        html`<li>${sanctioned ? t(wrongly
          ? "life.end.wrongly" : "life.end.sanctioned", { months: sanctioned, wrongly }) : t("life.end.free")}
          </li>
        <li>${t("life.end.shut", { times: shut })}</li><li>
          ${t("life.end.silent", { times: silent })}</li>`
      }
    </ul></section>`;
  };
  return html`<div class="endings">${one("law")}${one("scheme")}</div>`;
}
