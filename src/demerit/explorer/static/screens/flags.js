// Flags: what a lawyer would ask of the scheme as it stands now, and what the changes did to it.

import { html } from "../vendor/standalone.module.js";
import { Fault } from "../lib/parts.js";
import { t, word } from "../texts.js";

const RED = "met"; // a rule whose condition is met is a red flag

export const redOf = ({ lint }) => lint.findings.filter((f) => f.status === RED);
const freshOf = (found) => redOf(found).filter((f) => found.lint.before[f.key] !== RED);
const goneOf = ({ lint: { before, rules } }) =>
  Object.keys(before).filter((key) => before[key] === RED && rules[key] !== RED);

/** How many flags the changes raised and lowered. */
export const changesIn = (found) => ({ fresh: freshOf(found).length, gone: goneOf(found).length });

export function Flags({ found, fault }) {
  if (fault)
    return html`<section><h2>${t("flags.title")}</h2><${Fault} fault=${fault} /></section>`;
  if (!found)
    return html`<section><h2>${t("flags.title")}</h2><p role="status">${t("flags.reading")}</p>
      </section>`;
  if (found.faults?.length)
    return html`<section><h2>${t("flags.title")}</h2><div class="fault" role="alert"><p><strong>
      ${t("flags.faults")}</strong></p><ul>${found.faults.map((f) => html`<li>${f.fault}</li>`)}
        </ul></div></section>`;
  const { findings, notice, verdict } = found.lint,
    red = redOf(found),
    fresh = freshOf(found),
    gone = goneOf(found);
  const titles = Object.fromEntries(findings.map((f) => [f.key, f.title]));
  return html`<section class="flags" aria-labelledby="flags">
    <h2 id="flags" tabindex="-1">${t("flags.title")}</h2>
    <p role="status"><strong>${t("flags.count", { count: red.length })}</strong>${found.changed
      ? ` ${t("flags.change", changesIn(found))}` : ""}</p>
    <p class="small">${verdict}</p>
    <ul class="flag-list">
      ${fresh.map((f) => html`<${Flag} key=${f.key} f=${f} state="fresh" />`)}
      ${gone.map((key) => html`<li key=${key} class="flag gone"><span
        class="flag-state">✓ ${t("flags.gone")}</span> ${titles[key] ?? key}</li>`)}
      ${red.filter((f) => !fresh.includes(f)).map((f) => html`<${Flag} key=${f.key} f=${f}
        state="stays" />`)}
    </ul>
    <p class="small quiet">${notice}</p>
  </section>`;
}

function Flag({ f, state }) {
  return html`<li class=${`flag ${state}`}><details class="plain-summary"><summary><span
    class="flag-state">⚑ ${state === "fresh" ? `${t("flags.fresh")} ` : ""}</span>${f.title} <span
      class="quiet small">${word(`flags.severe.${f.severe}`, f.severe)}</span></summary>
    <p class="small">${f.what}</p><p class="small quiet">${f.law}${f.from_memory
      ? ` (${t("flags.from_memory")})` : ""}</p>${f.mend && html`<p class="small">
      ${t("flags.mend", { mend: f.mend })}</p>`}
    ${f.lines?.length > 0 && html`<p class="small quiet">${t("flags.where", { places: f.lines
      .map((l) => l.place).join(", ") })}</p>`}</details></li>`;
}
