// Compare: schemes, or runs from folders, side by side; all of it in the address.

import { html, useEffect, useRef, useState } from "../vendor/standalone.module.js";
import { change, write } from "../lib/address.js";
import { Fault, Progress, useWidth } from "../lib/parts.js";
import { changesOf, partsOf } from "../lib/question.js";
import { find, useFetched, whatIsRun } from "../lib/run.js";
import { get, query } from "../lib/server.js";
import { number, scale } from "../lib/numbers.js";
import { t } from "../texts.js";
import { Figure } from "../charts/figure.js";
import { MARKS } from "../charts/marks.js";
import { Ranges } from "../charts/ranges.js";
import { Onward, Share } from "./common.js";

const MOST = 4;
const SIDES = [
  { mark: "disc", kind: "a" },
  { mark: "square", kind: "b" },
  { mark: "triangle", kind: "c" },
  { mark: "diamond", kind: "d" },
];
const FIRST = [
  "sanctioned_share",
  "wrongful_sanction_share",
  "sanction_anatomy",
  "speech_withheld",
  "deeds_fraud",
  "employment",
  "refused_rate",
  "protest",
];
const MOVED = ", changed"; // ends the title of a scheme's file that was changed (levers.py)
const START = ["court-list", "sesame"]; // one law for everybody, and one that asks: of the same people

export function Compare({ address, tellStatement }) {
  const catalogue = useFetched("catalogue", () => get("/api/catalogue", { keep: true }));
  const items = itemsOf(address);
  const state = useCompared(items, address);
  const folders = useFetched(`runs ${state.names.join(" ")}`, () => get("/api/runs"));
  useEffect(() => {
    if (state.found)
      get(`/api/runs/${encodeURIComponent(state.names[0])}`, { keep: true }).then(
        (head) => tellStatement(head.statement),
        () => null,
      );
  }, [state.found]);
  const fault = catalogue.fault ?? state.fault;
  return html`
    <h1>${t("compare.title")}</h1>
    <p class="lead">${t("compare.lead")}</p>
    <${Chosen} ...${{ items, schemes: catalogue.found?.schemes ?? [], folders: folders.found?.runs
      ?? [] }} />
    ${
      fault
        ? html`<${Fault} fault=${fault} again=${state.again} />`
        : items.length < 2
          ? html`<p class="lead">${t("compare.two")}</p>`
          : !state.found
            ? html`<${Progress} progress=${state.progress} />`
            : html`<${Told} ...${{ found: state.found, names: state.names, address }} />`
    }
    <${Folders} folders=${folders} items=${items} />
    <h2>${t("compare.share")}</h2><${Share} />
    <${Onward} to="live" />`;
}

/**
 * What is compared: ["scheme:suining", "run:NAME"] of the address; "changed:suining" is the scheme
 * with the levers that the address moves.
 */
export function itemsOf(address) {
  if (address.of) return address.of.split(",").filter(Boolean).slice(0, MOST);
  if (address.run) return [`run:${address.run}`];
  const first = address.scheme ?? START[0];
  if (Object.keys(changesOf(address)).length) return [`changed:${first}`, `scheme:${first}`];
  return [first, START.find((key) => key !== first)].map((key) => `scheme:${key}`);
}

const put = (items) => change({ of: items.join(",") }, { step: true });

function useCompared(items, address) {
  const [state, setState] = useState({ found: null, names: [], progress: null, fault: null });
  const [tries, setTries] = useState(0);
  const shared = JSON.stringify(whatIsRun({ ...address, run: undefined, scheme: undefined }));
  useEffect(() => {
    const stop = new AbortController();
    const mine = (set) => !stop.signal.aborted && setState(set);
    setState({ found: null, names: [], progress: null, fault: null });
    const all = async () => {
      const names = [];
      for (const item of items) {
        const [kind, ...rest] = item.split(":"),
          key = rest.join(":");
        const levers = kind === "changed" ? partsOf(changesOf(address)) : {};
        const { people, months, seed, society, quick, without } = address;
        const asked =
          kind === "run"
            ? { run: key }
            : { scheme: key, people, months, seed, society, quick, without, ...levers };
        const about = Object.fromEntries(Object.entries(asked).filter(([, v]) => v !== undefined));
        names.push(await find(about, (progress) => mine((s) => ({ ...s, progress })), stop.signal));
      }
      const found = await get(`/api/compare?${query({ runs: names.join(",") })}`);
      return { names, found: { ...found, runs: found.runs.map((r, k) => entitled(r, items[k])) } };
    };
    if (items.length >= 2)
      all().then(
        (found) => mine((s) => ({ ...s, ...found })),
        (fault) => mine((s) => ({ ...s, fault })),
      );
    return () => stop.abort(new Error("left"));
  }, [items.join(","), shared, tries]);
  return { ...state, again: () => setTries(tries + 1) };
}

/** A side whose levers the address moves says so: its title does not tell of all of them. */
const entitled = (run, item) =>
  item.startsWith("changed:") && !run.title.endsWith(MOVED)
    ? { ...run, title: run.title + MOVED }
    : run;

/** What is side by side, each with a way out, and a way to add one. */
function Chosen({ items, schemes, folders }) {
  const title = (item) => {
    const [kind, ...rest] = item.split(":"),
      key = rest.join(":");
    const named = schemes.find((s) => s.key === key)?.title ?? key;
    return kind === "run" ? key : kind === "changed" ? t("compare.changed", { of: named }) : named;
  };
  const chosen = useRef();
  const add = () => {
    if (chosen.current.value) put([...items, chosen.current.value]);
    chosen.current.value = "";
  };
  return html`<div class="chosen controls">
    <ol class="chosen-list">${items.map(
      (
        item,
        k,
      ) => html`<li><svg width="16" height="16" viewBox="-1.3 -1.3 2.6 2.6" aria-hidden="true">
        <${Mark} k=${k} /></svg> ${title(item)}
      <button class="plain" onClick=${() => put(items.filter((one) => one !== item))}>
        ${t("compare.out")}<span class="hidden"> ${title(item)}</span></button></li>`,
    )}</ol>
    ${
      items.length < MOST &&
      html`<div class="row"><label class="row"><span>${t("compare.another")}</span><select
      ref=${chosen}>
      <option value="">${t("compare.choose")}</option>
      <optgroup label=${t("compare.schemes")}>${schemes.filter((s) => s.runs
        && !items.includes(`scheme:${s.key}`)).map((s) => html`<option value=${`scheme:${s.key}`}>
        ${s.title}</option>`)}</optgroup>
      <optgroup label=${t("compare.runs")}>${folders.filter((r) => !items.includes(`run:${r.name}`))
        .map((r) => html`<option value=${`run:${r.name}`}>${r.name}</option>`)}</optgroup>
    </select></label><button onClick=${add}>${t("compare.add")}</button></div>`
    }
  </div>`;
}

const Mark = ({ k }) =>
  html`<path class=${`mark-${SIDES[k].kind}`} d=${MARKS[SIDES[k].mark]} fill-rule="evenodd" />`;

function Told({ found, names, address }) {
  const shown = address.show ? address.show.split(",") : FIRST;
  const measures = shown.map((key) => found.measures.find((m) => m.key === key)).filter(Boolean);
  const rest = found.measures.filter((m) => !shown.includes(m.key));
  const chosen = useRef();
  const add = () =>
    chosen.current.value && change({ show: [...shown, chosen.current.value].join(",") });
  return html`
    <p class="small people">${found.same_people ? t("compare.same")
      : html`<strong>${t("compare.others")}</strong>`} ${found.notes.join(" ")}</p>
    <p class="small quiet">${t("compare.legend")}</p>
    <div class="ones">${measures.map((m) => html`<${One} key=${m.key}
      ...${{ m, runs: found.runs, names }} />`)}</div>
    <div class="row controls"><label class="row"><span>${t("compare.more")}</span><select
      ref=${chosen}><option value="">${t("compare.choose")}</option>
      ${rest.map((m) => html`<option value=${m.key}>${m.question}</option>`)}</select></label>
      <button onClick=${add}>${t("compare.ask")}</button></div>`;
}

/** One measure: a row for each side; of effects, both with and without are in the table. */
function One({ m, runs, names }) {
  const box = useRef(),
    width = useWidth(box);
  const of = m.headline === "effect" ? "effect" : "with";
  const said = scale(m.unit),
    by = said.factor;
  const times = (v) => (v === null || v === undefined ? null : v * by);
  const tell = (s) =>
    (s[of] === null || s[of] === undefined
      ? "–"
      : of === "effect"
        ? said.signed(s[of])
        : said.plain(s[of])) + (m.unit === "share" && of === "with" && s[of] !== null ? "%" : "");
  const sides = m.sides.map((s, k) => ({
    name: short(runs[k].title),
    said: tell(s),
    value: times(s[of]),
    low: times(s.low),
    high: times(s.high),
    chance_low: times(s.chance_low),
    chance_high: times(s.chance_high),
    ...SIDES[k],
  }));
  const line = m.sides.map((s, k) => `${runs[k].title}: ${tell(s)}`).join("; ");
  const defined = sides.some((s) => s.value !== null);
  const still = of === "effect" && sides.every((s) => s.value === 0);
  const verdict =
    m.apart === null || m.apart === undefined || runs.length > 2 || still
      ? ""
      : t(m.apart ? "compare.apart" : "compare.not_apart");
  const rows = m.sides.map((s, k) => [
    runs[k].title,
    s.without,
    s.with,
    s.no_errors,
    s.effect,
    s.low,
    s.high,
    s.chance_low,
    s.chance_high,
  ]);
  return html`<div ref=${box} class="one">${
    width > 0 &&
    html`<${Figure} id="compare" name=${`compare-${m.key}`} level=${2} title=${m.question}
    under=${`${t(of === "effect"
      ? "compare.effect" : "compare.level", { unit: unitWords(m, said) })} ${verdict}`}
      describe=${line} columns=${t("compare.columns")} rows=${rows}
    head=${{ names }}
      csv=${`/api/compare.csv?${query({ runs: names.join(",") })}`}>
    ${still ? html`<p>${t("compare.still")}</p>` : defined ? html`<${Ranges}
      width=${Math.min(width, 860)} sides=${sides} label=${line} from=${0} floor=${of === "with"
        ? 0 : -Infinity} ceiling=${of === "with" && m.unit === "share" ? 100 : Infinity} />`
        : html`<p class="quiet">${t("compare.undefined")}</p>`}
  <//>`
  }</div>`;
}

const unitWords = (m, said) =>
  m.unit === "share"
    ? m.headline === "effect"
      ? t("compare.percent_points")
      : t("compare.percent")
    : `${t("compare.number")} ${said.after.trim()}`;
const short = (title) =>
  title.split(/[,:]/)[0].slice(0, 24) + (title.endsWith(MOVED) ? t("compare.mark") : "");

/** The folders of runs, made here or by the command line, to open or to compare. */
function Folders({ folders, items }) {
  return html`<section aria-labelledby="folders"><h2 id="folders">${t("compare.folders")}</h2>
    <p>${t("compare.folders_lead")}</p>
    ${folders.fault && html`<${Fault} fault=${folders.fault} />`}
    ${folders.found && folders.found.runs.length === 0 && html`<p>${t("compare.no_folders")}</p>`}
    ${
      folders.found?.runs.length > 0 &&
      html`<div class="scroll" tabindex="0" role="region" aria-label=${t("compare.folders")}><table>
      <thead><tr>${t("compare.folder_columns").map((name) => html`<th scope="col">${name}</th>`)}
        </tr></thead>
      <tbody>${folders.found.runs.map(
        (
          r,
        ) => html`<tr><th scope="row">${r.name}</th><td>${r.title}</td><td class="n">
          ${number(r.people)}</td><td class="n">${r.months}</td>
        <td>${r.kind === "run" && html`<a href=${write({ screen: "guess", run: r.name })}>
          ${t("compare.open")}<span class="hidden"> ${r.name}</span></a>`}
        ${items.length < MOST && !items.includes(`run:${r.name}`) && html` <button class="plain"
          onClick=${() => put([...items, `run:${r.name}`])}>${t("compare.beside")}<span
            class="hidden"> ${r.name}</span></button>`}</td></tr>`,
      )}</tbody></table></div>`
    }
    ${folders.found?.damaged?.length > 0 && html`<div class="fault"><p><strong>
      ${t("compare.damaged")}</strong></p><ul>${folders.found.damaged.map((d) => html`<li>
        ${d.name}: ${d.why}</li>`)}</ul></div>`}
  </section>`;
}
