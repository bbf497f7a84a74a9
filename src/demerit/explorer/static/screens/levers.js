// Levers: what can be changed in a scheme, each with its bounds and what its value rests on.

import { html, useEffect, useState } from "../vendor/standalone.module.js";
import { Basis, Chip, number2 } from "../lib/parts.js";
import { t } from "../texts.js";

export function Levers({ found, changes, set, reset }) {
  const { groups, levers, sources } = found;
  const first = levers.filter((lever) => lever.first),
    moved = Object.keys(changes).length;
  const draw = (lever) =>
    html`<${Lever} key=${lever.id} ...${{ lever, sources, set, moved: lever.id in changes }} />`;
  return html`
    <div class="row between"><h2 class="flush">${t("levers.first")}</h2>
      <button onClick=${reset} disabled=${moved === 0}>${t("levers.reset", { count: moved })}
        </button></div>
    ${first.map(draw)}
    <h2>${t("levers.all")}</h2>
    ${groups.map((group) => {
      const mine = levers.filter((lever) => lever.group === group.key && !lever.first);
      const changed = mine.filter((lever) => lever.id in changes).length;
      return (
        mine.length > 0 &&
        html`<details class="plain-summary group" key=${group.key}><summary>${group.title} <span
          class="quiet small">${changed ? t("levers.changed", { count: changed }) : mine.length}
            </span></summary>
        <p class="small quiet">${group.says}</p>${mine.map(draw)}</details>`
      );
    })}`;
}

/** What was changed, on paper, where no lever is drawn. */
export function Moved({ found, changes }) {
  const moved = found.levers.filter((lever) => lever.id in changes);
  return html`<ul class="on-paper">${moved.map(
    ({ kind, title, value, now, unit }) => html`<li>${title}: ${sayValue(kind, now, unit)}. ${t(
      "levers.was",
      { value: sayValue(kind, value, unit) },
    )}</li>`,
  )}</ul>`;
}

/** One lever: a switch or a slider, the scheme's own value, the bounds, and the basis. */
function Lever({ lever, sources, set, moved }) {
  const { id, kind, title, says, value, min, max, step, unit } = lever;
  const [now, setNow] = useState(lever.now);
  useEffect(() => setNow(lever.now), [lever.now]);
  const name = `lever-${id}`,
    words = (x) => sayValue(kind, x, unit);
  const done = (x) => set(id, x === value ? null : x);
  return html`<div class=${`lever ${moved ? "moved" : ""}`}>
    <label for=${name}><span class="lever-title">${title}</span>${says && html` <span
      class="small quiet">${says}</span>`}</label>
    ${
      kind === "switch"
        ? html`<input id=${name} type="checkbox" role="switch" checked=${now === 1}
        onChange=${(e) => done(e.currentTarget.checked ? 1 : 0)} /> <span class="number">
          ${words(now)}</span>`
        : html`<div class="slider"><input id=${name} type="range" min=${min} max=${max}
        step=${step} value=${now} aria-valuetext=${words(now)}
          onInput=${(e) => setNow(Number(e.currentTarget.value))}
            onChange=${(e) => done(Number(e.currentTarget.value))} />
          <output for=${name} class="number">${words(now)}</output></div>`
    }
    ${moved && html`<p class="small lever-own"><strong>${t("levers.was", { value: words(value) })}
      </strong> <button class="plain" onClick=${() => set(id, null)}>${t("levers.back")}<span
        class="hidden"> ${title}</span></button></p>`}
    <details class="plain-summary lever-basis"><summary class="small">${lever.absent
        ? html`<span class="basis absent">${t("levers.absent")}</span>`
        : html`<${Chip} basis=${lever.basis ?? "assumed"} />`}<span class="hidden"> ${title}</span> <span class="quiet">
        ${kind === "switch" ? "" : t("levers.bounds", { min: words(min), max: words(max) })}</span>
          </summary>
      <p class="small">${lever.absent ? t("levers.absent_says") : html`<${Basis} of=${lever}
        sources=${sources} />`}</p></details>
  </div>`;
}

function sayValue(kind, x, unit) {
  if (kind === "share") return `${number2(Number((100 * x).toPrecision(3)))}%`;
  if (kind === "switch") return t(x ? "levers.on" : "levers.off");
  if (kind === "times") return t("levers.times", { x: number2(x) });
  if (kind === "access")
    return x === 0
      ? t("levers.shut")
      : x === 1
        ? t("levers.open")
        : t("levers.access", { x: number2(x) });
  if (kind === "months") return t("levers.months", { x: number2(x) });
  if (kind === "points")
    return `${x > 0 ? "+" : ""}${number2(x).replace("-", "−")} ${t("levers.points")}`;
  return `${number2(x)}${unit ? ` ${unit}` : ""}`;
}
