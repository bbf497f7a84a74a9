// Live it: the reader lives a synthetic person, and makes some of their choices.
//
// #live?scheme=national&as=short&person=19&c=01.-1.   c: the choices so far (lib/lived.js)

import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/standalone.module.js";
import { change, link, read } from "../lib/address.js";
import { answers, habits, monthsOf, question, stakes, without } from "../lib/lived.js";
import { Fault, notYet } from "../lib/parts.js";
import { isAsked } from "../lib/question.js";
import { part, useFetched, useRun } from "../lib/run.js";
import { get, query } from "../lib/server.js";
import { number } from "../lib/numbers.js";
import { t } from "../texts.js";
import { Setting, Share } from "./common.js";
import { Ending } from "./ending.js";

const SCHEME = "national"; // of those shipped the one with a rule for most of what a day asks
// In whose place one may live: conditions of replay/conditions.py, the first that finds somebody.
const PLACES = {
  short: [
    "sanctioned for poverty, over 20, under 65",
    "arrears, poorest, over 20, under 65, scored",
  ],
  wheel: ["driver, over 20, under 60, scored, not poorest"],
  friend: ["favoured, over 20, under 65, scored"],
  old: ["rural, over 60, scored"],
};

/** The first person of a run who is in such a place, or undefined. */
async function firstOf(run, as) {
  for (const where of PLACES[as]) {
    const { ids } = await part(run, `find?${query({ where, limit: 1 })}`);
    if (ids.length > 0) return ids[0];
  }
  return undefined;
}

export function Live({ address, tellStatement }) {
  const about = useFetched("about live", () => get("/api/about", { keep: true }));
  if (about.fault) return html`<h1>${t("live.title")}</h1><${Fault} fault=${about.fault} />`;
  if (!about.found) return html`<h1>${t("live.title")}</h1>`;
  const own = about.found.run || isAsked(address) || address.run;
  const asked = own ? address : { ...address, scheme: SCHEME };
  return html`<${Begun} address=${asked} tellStatement=${tellStatement} />`;
}

function Begun({ address, tellStatement }) {
  const run = useRun(address);
  useEffect(() => tellStatement(run.head?.statement), [run.head]);
  const as = Object.hasOwn(PLACES, address.as ?? "") ? address.as : "short";
  const first = useFetched(
    run.run && address.person === undefined ? `place ${run.run} ${as}` : null,
    async () => ({ person: await firstOf(run.run, as) }),
  );
  const person = address.person ?? first.found?.person;
  const unreadable = run.head && !run.head.lives;
  return html`
    <h1>${t(address.c ? "live.name" : "live.title")}</h1>
    ${!address.c && html`<p class="lead">${t("live.lead")}</p>`}
    ${notYet(run)}
    ${unreadable && html`<${Fault} fault=${new Error(run.head.why_not)} />`}
    ${first.fault && html`<${Fault} fault=${first.fault} />`}
    ${first.found && first.found.person === undefined && html`<p>${t("live.nobody")}</p>`}
    ${run.head && !unreadable && !address.c && html`<${Places} ...${{ as, person }} />`}
    ${
      run.head &&
      !unreadable &&
      person !== undefined &&
      html`<${Played} key=${`${run.run} ${person}`} ...${{ run, address, person }} />`
    }
    <${Setting} run=${run}
      address=${{ ...address, person: null, c: null, lens: null }} />
    ${address.c && html`<${Share} />`}`;
}

/** In whose place to live; before the first month only. */
function Places({ as, person }) {
  const choose = (name) => change({ as: name, person: null, c: null }, { step: true });
  return html`<fieldset class="places controls"><legend>${t("live.whose")}</legend>
    <div class="choices">${Object.keys(PLACES).map(
      (name) => html`<label><input type="radio" name="place" value=${name}
        checked=${name === as && read().person === undefined} onChange=${() => choose(name)} />
        ${t(`live.place.${name}`)}</label>`,
    )}</div>
    ${read().person !== undefined && html`<p class="small quiet">
      ${t("live.this_one", { id: person })}</p>`}
  </fieldset>`;
}

function Played({ run, address, person }) {
  const choices = address.c ?? "";
  const life = useFetched(`play ${run.run} ${person} ${choices}`, () =>
    part(run.run, `people/${encodeURIComponent(person)}/play?${query({ choices })}`),
  );
  const catalogue = useFetched("catalogue", () => get("/api/catalogue", { keep: true }));
  const last = useRef(null); // what stands on the page while the next month is lived
  if (life.found) last.current = life.found;
  const move = (c, step = true) =>
    change(
      { c, person, scheme: address.run ? null : (address.scheme ?? null), as: null },
      { step },
    );
  if (life.fault)
    return html`<${Fault} fault=${life.fault} />
      <p><button onClick=${() => move(null)}>${t("live.anew")}</button></p>`;
  const told = life.found ?? last.current;
  if (!told || !catalogue.found)
    return html`<p class="waiting" role="status">${t("live.living")}</p>`;
  const titles = (rows) => new Map(rows.map((row) => [row.key, row.title]));
  const words = {
    deeds: titles(catalogue.found.deeds),
    doors: titles(catalogue.found.doors),
    agencies: told.agencies,
    money: told.currency,
  };
  const given = { told, words, run, address, person, move, waits: !life.found };
  return told.over ? html`<${Ending} ...${given} />` : html`<${Month} ...${given} />`;
}

// ---- a month

function Month({ told, words, address, person, move, waits }) {
  const month = told.months.length;
  const heading = useRef();
  const before = useRef(month);
  // Before the page is painted: the button that was pressed is gone, and with it the focus.
  useLayoutEffect(() => {
    if (before.current !== month) heading.current?.focus({ preventScroll: true });
    if (before.current !== month) heading.current?.scrollIntoView({ block: "nearest" });
    before.current = month;
  }, [month]);
  const stood = told.months.at(-1)?.scheme ?? {};
  const lens = address.lens === "1";
  return html`<section class="living" aria-busy=${waits}>
    <p class="small quiet whose">${t("live.you_are", { id: person })} ${told.words}</p>
    <${Strip} told=${told} lens=${lens} />
    <h2 class="month-head" tabindex="-1" ref=${heading}>
      ${t("live.month", { month: month + 1, of: told.of })}</h2>
    <div class="living-columns">
      <div><${Came} ...${{ told, words, lens }} /><${Stand} ...${{ told, stood, lens }} /></div>
      <${Choices} key=${month} ...${{ told, words, stood, lens, move, waits }} />
    </div>
    <div class="row living-more controls">
      <label><input type="checkbox" checked=${lens} onChange=${(e) =>
        change({ lens: e.currentTarget.checked ? 1 : null })} /> ${t("live.lens")}</label>
      ${month > 0 && html`<button class="plain" onClick=${() => move(without(told.choices))}>
        ${t("live.undo")}</button>
      <button class="plain" onClick=${() =>
        move(told.choices + "*.".repeat(told.of - month))}>
        ${t("live.rest", { count: told.of - month })}</button>`}
    </div>
    ${month === 0 && html`<p class="small quiet">${t("live.honest")}</p>`}
  </section>`;
}

/** The months as cells: what each has been. */
function Strip({ told, lens }) {
  const cells = Array.from({ length: told.of }, (_, m) => {
    const { scheme } = told.months[m] ?? {};
    if (!scheme) return m === told.months.length ? "now" : "open";
    const mine = told.steps.filter((step) => step.month === m);
    const refused = mine.some((s) => s.event === "asked" && s.answer.startsWith("refused"));
    const known = lens || scheme.aware === "score";
    if (scheme.sanctioned && known) return "low";
    if (refused) return "low";
    return mine.some((s) => s.event === "goes_without") ? "hungry" : "past";
  });
  const named = ["hungry", "low"].filter((kind) => cells.includes(kind));
  return html`<ol class="strip" aria-hidden="true">${cells.map(
    (kind) => html`<li class=${kind}></li>`,
  )}</ol>
  ${
    named.length > 0 &&
    html`<p class="strip-key small quiet" aria-hidden="true">${named.map(
      (kind) => html`<span class=${kind}>${t(`live.key.${kind}`)}</span>`,
    )}</p>`
  }`;
}

/** What came of the last month. */
function Came({ told, words, lens }) {
  const month = told.months.length - 1;
  if (month < 0) return null;
  const steps = told.steps.filter((step) => step.month === month);
  const row = told.offered[month];
  const letters = row.chosen === "*" ? "" : row.chosen;
  const chosen = row.offers.filter((_, k) => "01".includes(letters[k] ?? "x"));
  const { aware } = told.months[month].scheme;
  const all = answers(steps, { ...words, person: told.person, aware });
  const shown = counted(all.filter((one) => lens || !one.hidden));
  const habit = habits(
    steps,
    chosen.flatMap((offer) => (offer.dues ? offer.dues.map((due) => due.deed) : [offer.key])),
    words.deeds,
  );
  return html`<section class="came" aria-labelledby="came">
    <h3 id="came">${t("live.came", { month: month + 1 })}</h3>
    <ul>
      ${chosen.map((offer) => {
        const { did, left } = question(offer, words.money);
        const took = letters[row.offers.indexOf(offer)] === "1";
        return html`<li class="chosen">${took ? did : left}</li>`;
      })}
      ${shown.map(
        (one) => html`<li class=${`${one.loud ? "loud" : ""} ${one.hidden ? "unknown" : ""}`}>
          ${one.hidden && html`<span class="small">${t("live.unknown")} </span>`}${one.text}${
            one.often > 1 ? ` ${t("life.times", { count: one.often })}` : ""
          }</li>`,
      )}
      ${shown.length === 0 && html`<li class="quiet">${t("live.nothing")}</li>`}
      ${habit && html`<li class="quiet small">${habit}</li>`}
    </ul></section>`;
}

/** Sentences that say the same, once, with how often. */
function counted(rows) {
  const found = new Map();
  for (const row of rows) {
    const had = found.get(row.text);
    found.set(row.text, had ? { ...had, often: had.often + 1 } : { ...row, often: 1 });
  }
  return [...found.values()];
}

/** How one stands as the month begins: money, work, and what one knows of the score. */
function Stand({ told, stood, lens }) {
  const { cash, need, due, owed, employed } = told.now;
  const money = told.currency;
  const score =
    stood.score_points !== undefined && (lens || stood.aware === "score")
      ? t("live.score_is", { points: number(stood.score_points), tier: stood.tier })
      : t(`live.score.${knowledge(told, stood)}`);
  return html`<dl class="standing">
    <div><dt>${t("live.cash")}</dt><dd class="number">${number(cash)} ${money}</dd></div>
    <div><dt>${t("live.need")}</dt><dd class="number">${number(need)} ${money}</dd></div>
    <div><dt>${t("live.due")}</dt><dd class="number">${number(due)} ${money}</dd></div>
    ${owed > 0 && html`<div><dt>${t("live.owed")}</dt>
      <dd class="number">${number(owed)} ${money}</dd></div>`}
    <div><dt>${t("live.work")}</dt>
      <dd>${t(employed ? "live.at_work" : "live.no_work")}</dd></div>
    <div><dt>${t("live.your_score")}</dt><dd>${score}</dd></div>
  </dl>`;
}

/** What one knows of the scheme, where one does not know the own score. */
function knowledge(told, stood) {
  if (!told.who.scored) return "no_file";
  if (told.months.length > 0 && stood.score_points === undefined) return "ended";
  return stood.aware ?? "none";
}

/** What is open this month, and the button that lives it. */
function Choices({ told, words, stood, lens, move, waits }) {
  const [made, setMade] = useState({});
  const stands = told.months.length === 0 || stood.score_points !== undefined;
  const { agencies, money } = words;
  const knows = { aware: stood.aware, lens, agencies, money, stands };
  const live = (event) => {
    event.preventDefault();
    if (waits) return;
    const letters = told.offers.map((offer) => made[offer.key] ?? "-").join("");
    move(`${told.choices}${letters}.`);
  };
  const open = told.offers.filter((offer) => made[offer.key] === undefined).length;
  return html`<form class="offers controls" onSubmit=${live}>
    ${told.offers.length === 0 && html`<p>${t("live.no_offers")}</p>`}
    ${told.offers.map(
      (offer) => html`<${Offer} key=${offer.key} ...${{ offer, knows, money: told.currency }}
        chosen=${made[offer.key]}
        choose=${(letter) => setMade((had) => ({ ...had, [offer.key]: letter }))} />`,
    )}
    <button class="main" type="submit" aria-disabled=${waits}>
      ${t("live.live_month", { month: told.months.length + 1 })}</button>
    ${open > 0 && html`<p class="small quiet">${t("live.left_open")}</p>`}
  </form>`;
}

/** One thing to decide. */
function Offer({ offer, knows, money, chosen, choose }) {
  const { asks, yes, no } = question(offer, money);
  const lines = stakes(offer, knows);
  return html`<fieldset class=${`offer ${offer.hand}`}><legend>${asks}</legend>
    ${lines.map((line) => html`<p class="small quiet">${line}</p>`)}
    <div class="choices">${[
      ["1", yes],
      ["0", no],
    ].map(
      ([letter, text]) => html`<label><input type="radio" name=${`offer-${offer.key}`}
        value=${letter} checked=${chosen === letter} onChange=${() => choose(letter)} />
        ${text}</label>`,
    )}</div>
  </fieldset>`;
}
