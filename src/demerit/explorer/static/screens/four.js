// Four: the four big numbers as they come in, beside those of the scheme as written, and a line.

import { html, useRef, useState } from "../vendor/standalone.module.js";
import { Fault, Progress, useWidth } from "../lib/parts.js";
import { brief, number } from "../lib/numbers.js";
import { t } from "../texts.js";
import { Figure } from "../charts/figure.js";
import { Months } from "../charts/months.js";

const BIG = ["sanctioned", "wrongly", "fraud", "silent"];
const PER = 10_000; // people for whom the small numbers are told
// What each number is, from FOUR of docs/explorer.md; null where undefined.
const VALUE = {
  sanctioned: (four) => scaled(four.sanctioned.share, PER),
  wrongly: (four) => scaled(four.wrongly.share, 100),
  fraud: (four) =>
    four.fraud.with === null || four.fraud.without === null
      ? null
      : (four.fraud.with - four.fraud.without) * 12 * PER,
  silent: (four) => scaled(four.silent.share, 100),
};
const scaled = (share, by) => (share === null || share === undefined ? null : share * by);

export function Four({ answer, plain, changed }) {
  const [by, setBy] = useState("sanctioned");
  const { four, fault, done, told, progress } = answer;
  return html`<section class="four" aria-labelledby="four" aria-busy=${!done && !fault}>
    <h2 id="four" class="flush">${t("four.title")}</h2>
    <dl class="big-four">
      ${BIG.map(
        (name) => html`<div class=${`big-one ${name}`}>
        <dt>${t(`four.${name}.name`)}</dt>
        <dd><span class="big number">${say(name, four)}</span> <span class="unit small">
          ${t(`four.${name}.unit`)}</span>
          ${changed && plain.four && html`<span class="small was">
            ${t("four.was", { value: say(name, plain.four) })}</span>`}</dd>
      </div>`,
      )}
    </dl>
    ${
      fault
        ? html`<${Fault} fault=${fault} again=${answer.again} />`
        : done
          ? html`<p class="small quiet" role="status" data-run=${answer.run}
            data-seconds=${answer.seconds?.toFixed(2)}>
          ${t(
              told.force < told.months ? "four.done_repealed" : "four.done",
              {
                people: number(told.people),
                months: told.months,
                seconds: number(answer.seconds, 1),
                repeal: told.force,
              },
            )}</p>
            ${!answer.run && html`<p class="small quiet">${t("four.rest")}</p>`}`
          : html`<${Progress} progress=${progress} />`
    }
    <${Line} ...${{ answer, plain, by, setBy, changed }} />
  </section>`;
}

function say(name, four) {
  const value = four && VALUE[name](four);
  if (value === null || value === undefined) return "–";
  const text = brief(value);
  return name === "fraud" && value > 0 ? `+${text}` : text;
}

/** One of the four over the months: as written, and as changed. */
function Line({ answer, plain, by, setBy, changed }) {
  const box = useRef(),
    width = useWidth(box);
  const length =
    answer.told?.months ?? answer.progress?.months ?? plain.told?.months ?? 60;
  const values = (months) => months.map((four) => VALUE[by](four));
  const series = [
    ...(changed && plain.months.length
      ? [{ kind: "without", name: t("four.as_written"), values: values(plain.months) }]
      : []),
    ...(answer.months.length
      ? [
          {
            kind: "with",
            name: t(changed ? "four.changed" : "four.as_written"),
            values: values(answer.months),
          },
        ]
      : []),
  ];
  const rows = Array.from({ length }, (_, m) => [m + 1, ...series.map((s) => s.values[m] ?? null)]);
  const label = `${t(`four.${by}.line`)} ${series.map((s) => `${s.name}: ${number(s.values.at(-1)
    ?? 0, 2)}`).join("; ")}`;
  return html`<div class="four-line" ref=${box}>
    <label class="row controls small"><span>${t("four.over")}</span><select value=${by}
      onChange=${(e) => setBy(e.currentTarget.value)}>${BIG.map((name) => html`<option
        value=${name}>${t(`four.${name}.name`)}</option>`)}</select></label>
    ${
      width > 0 &&
      series.length > 0 &&
      html`<${Figure} id="four" level=${3} title=${t(`four.${by}.line`)}
        under=${t(`four.${by}.unit`)} describe=${label}
          columns=${[t("society.columns.month"), ...series.map((s) => s.name)]} rows=${rows}
            head=${answer.head}>
      <${Months} width=${width} height=${200} series=${series} length=${length} label=${label} />
        <//>`
    }
  </div>`;
}
