// Change the rules: levers with bounds and bases; four big numbers; red flags; a puzzle.

import { html, useEffect, useState } from "../vendor/standalone.module.js";
import { change } from "../lib/address.js";
import {
  addressOf,
  changesOf,
  isAsked,
  partsOf,
  questionOf,
  questionOfRun,
  whyFixed,
} from "../lib/question.js";
import { Fault } from "../lib/parts.js";
import { head, useFetched } from "../lib/run.js";
import { get, post } from "../lib/server.js";
import { t } from "../texts.js";
import { save } from "../charts/export.js";
import { Onward, Setting, Share } from "./common.js";
import { changesIn, Flags, redOf } from "./flags.js";
import { Four } from "./four.js";
import { Levers, Moved } from "./levers.js";
import { Puzzle, PUZZLE } from "./puzzle.js";
import { useAnswer } from "./answer.js";

export function Rules({ address, tellStatement }) {
  const about = useFetched("about", () => get("/api/about", { keep: true }));
  const asked = useAsked(address, about.found);
  if (about.fault ?? asked.fault)
    return html`<h1>${t("rules.title")}</h1><${Fault} fault=${about.fault ?? asked.fault} />`;
  if (!asked.question)
    return html`<h1>${t("rules.title")}</h1><p role="status">${t("rules.fetching")}</p>`;
  if (asked.fixed)
    return html`<${Fixed} ...${{ address, head: asked.head, why: asked.fixed, tellStatement }} />`;
  return html`<${Bench} key=${asked.question.scheme}
    ...${{ address, question: asked.question, folder: asked.head, tellStatement }} />`;
}

/** The question of the address; of a run that is named there, its own. */
function useAsked(address, about) {
  const name = about && (address.run ?? (isAsked(address) ? null : about.run));
  const run = useFetched(name, () => head(name));
  if (!about) return {};
  // The four numbers have no band of what is not known, which takes minutes: never asked for here.
  if (!name) return { question: { ...questionOf(address, about.usual), quick: true } };
  if (run.fault || !run.found) return { fault: run.fault };
  const own = questionOfRun(run.found);
  return {
    head: run.found,
    fixed: whyFixed(run.found),
    question: { ...own, changes: { ...own.changes, ...changesOf(address) } },
  };
}

/** A run whose rules are not those of a scheme that is shipped: it can be read, not changed. */
function Fixed({ address, head, why, tellStatement }) {
  useEffect(() => tellStatement(head.statement), [head]);
  return html`
    <h1>${t("rules.title")}</h1>
    <p class="lead">${t(`rules.fixed.${why}`, { name: head.name })}</p>
    <p>${t("rules.fixed.instead")}</p>
    <pre tabindex="0">${head.command}</pre>
    <${Setting} run=${{ head, run: head.name }} address=${address} />
    <${Share} />
    <${Onward} to="compare" />`;
}

function Bench({ address, question, folder, tellStatement }) {
  const key = JSON.stringify(question);
  const levers = useKept(useFetched(`levers ${key}`, () => post("/api/levers", question)));
  const scheme = useKept(useFetched(`scheme ${key}`, () => post("/api/scheme", question)));
  const asWritten = { ...question, changes: {} };
  const plain = useAnswer(asWritten),
    changed = useAnswer(Object.keys(question.changes).length ? question : null, plain.done);
  const answer = Object.keys(question.changes).length ? changed : plain;
  useEffect(
    () => tellStatement(answer.head?.statement ?? plain.head?.statement),
    [answer.head, plain.head],
  );
  const set = (id, value) => change({ ...addressOf(question), ...partsOf({ [id]: value }) });
  const moved = Object.keys(question.changes).length > 0;
  const none = Object.fromEntries(Object.keys(question.changes).map((id) => [id, null]));
  const reset = () => change(addressOf({ ...question, changes: none }));
  if (folder && plain.head && folder.place !== plain.head.place)
    return html`<${Fixed} ...${{ address, head: folder, why: "place", tellStatement }} />`;
  const playing = address.puzzle === "1";
  return html`
    <h1>${t("rules.title")}</h1>
    <p class="lead">${t("rules.lead")}</p>
    <${Setting} run=${{ head: plain.head, run: plain.run }}
      address=${{ ...address, scheme: question.scheme }} />
    ${playing && html`<${Puzzle} ...${{ question, answer: changed, plain }} />`}
    <div class="bench">
      <div class="bench-levers controls">
        ${levers.fault && html`<${Fault} fault=${levers.fault} />`}
        ${levers.found && html`<${Levers} found=${levers.found} changes=${question.changes}
          set=${set} reset=${reset} />`}
      </div>
      <div class="bench-answer">
        ${moved && levers.found && html`<${Moved} found=${levers.found}
          changes=${question.changes} />`}
        <${Four} ...${{ answer, plain, changed: Object.keys(question.changes).length > 0 }} />
        ${scheme.found?.lint && html`<p class="small"><a href="#flags"
          onClick=${toFlags}>⚑ ${t("four.flags", { count: redOf(scheme.found).length })}${scheme.found.changed
            ? `: ${t("flags.change", changesIn(scheme.found))}` : ""}</a></p>`}
        ${scheme.found && html`<${Command} found=${scheme.found} />`}
      </div>
    </div>
    <${Flags} found=${scheme.found} fault=${scheme.fault} />
    ${
      !playing &&
      html`<section class="card"><h2>${t("puzzle.title")}</h2><p>${t("puzzle.task")}</p>
      <button class="main" onClick=${() => (location.hash = PUZZLE)}>${t("puzzle.start")}</button>
        </section>`
    }
    <${Share} text=${scheme.found?.numbers?.length
      ? t("rules.share", { count: scheme.found.numbers.length, scheme: scheme.found.title })
      : null} />
    <${Onward} to="compare" parts=${moved ? addressOf(question) : {}} />`;
}

/** A part of the page, not a state of it: the address stays as it is. */
function toFlags(event) {
  event.preventDefault();
  document.getElementById("flags").focus();
  document.getElementById("flags").scrollIntoView();
}

/** The last that was found stands until the next is there, so that nothing flickers. */
function useKept(state) {
  const [kept, setKept] = useState(null);
  useEffect(() => state.found && setKept(state.found), [state.found]);
  return { found: state.found ?? kept, fault: state.fault };
}

/** The exact command, and the file that it reads. */
function Command({ found }) {
  return html`<details class="away"><summary>${t("rules.command")}</summary>
    <pre tabindex="0">${found.command}</pre>
    ${found.changed && html`<button
      onClick=${() => save(found.text, found.file, "application/toml")}>
        ${t("away.file", { name: found.file })}</button>`}
  </details>`;
}
