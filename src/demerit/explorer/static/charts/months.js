// Months: lines over the months of a run, with the scheme and without, named at their ends.

import { html } from "../vendor/standalone.module.js";
import { number } from "../lib/numbers.js";
import { t } from "../texts.js";

const TOP = 16,
  BOTTOM = 30,
  LEFT = 48;

/** Round steps of an axis that holds the values, from nought unless they are far from it. */
export function ticks(values, wanted = 4, nought = true) {
  const also = nought ? [0] : [];
  const top = Math.max(...values, ...also),
    least = Math.min(...values, ...also),
    span = top - least || 1;
  const rough = span / wanted,
    power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const found = [];
  for (let v = Math.floor(least / step) * step; v < top + step * 0.999; v += step) found.push(v);
  return found;
}

/** Values of an axis as text, with as many decimals as its steps need. */
export function sayTicks(steps) {
  const step = steps.length > 1 ? steps[1] - steps[0] : 1;
  const decimals =
    [0, 1, 2, 3, 4, 5].find((d) => Math.abs(step * 10 ** d - Math.round(step * 10 ** d)) < 1e-6) ??
    5;
  return (v) => number(v, decimals);
}

/**
 * Lines over months.
 *
 * series [{name, kind: "with" | "without", values: (month,)}]; a null leaves a gap
 * unit    stands behind the values of the axis
 * length  months of the axis; a run that is still going has fewer
 * marks   [{month, name}] upright lines
 * levels  [{value, name}] lines across; where there are any the axis need not begin at nought
 */
export function Months({
  width,
  height = 240,
  series,
  unit = "",
  length,
  marks = [],
  levels = [],
  label,
}) {
  const all = series.flatMap((s) => s.values).filter((v) => v !== null);
  if (all.length === 0) return null;
  const right = width < 480 ? 92 : 116;
  const steps = ticks([...all, ...levels.map((l) => l.value)], 4, levels.length === 0),
    say = sayTicks(steps),
    low = steps[0],
    high = steps.at(-1);
  const x = (m) => LEFT + (m / Math.max(1, length - 1)) * (width - LEFT - right);
  const y = (v) => TOP + (1 - (v - low) / (high - low || 1)) * (height - TOP - BOTTOM);
  const year = length > 24 && width < 560
    ? 24 : 12; // months are counted from one, as everywhere on the page
  const named =
    length < year
      ? [1, length]
      : [1, ...Array.from({ length: Math.floor(length / year) }, (_, k) => (k + 1) * year)];
  return html`<svg width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img"
    aria-label=${label} data-chart>
    ${steps.map(
      (v) => html`<line class="grid" x1=${LEFT} x2=${width - right} y1=${y(v)} y2=${y(v)} />
      <text class="tick" x=${LEFT - 8} y=${y(v) + 4} text-anchor="end">${say(v)}${unit}</text>`,
    )}
    ${named.map((m) => html`<text class="tick" x=${x(m - 1)} y=${height - 8} text-anchor=${m === 1
      ? "start" : m >= length ? "end" : "middle"}>${m === 1 ? t("chart.month") : m}</text>`)}
    ${marks.map(
      ({
        month,
        name,
      }) => html`<line class="mark" x1=${x(month)} x2=${x(month)} y1=${TOP} y2=${height - BOTTOM} />
      <text class="tick" x=${x(month) + 5} y=${TOP + 10}>${name}</text>`,
    )}
    ${levels.map(
      ({ value }) => html`<line class="level" x1=${LEFT} x2=${width - right} y1=${y(value)}
        y2=${y(value)} />`,
    )}
    ${series.map((s) => html`<path class=${`line ${s.kind}`} d=${path(s.values, x, y)}
      fill="none" />`)}
    ${levels.map(
      ({ value, name }) => html`<text class="tick" x=${LEFT + 4} y=${y(value) - 5}>
        ${name}</text>`,
    )}
    ${apart(series.map((s) => ({ ...s, at: y(lastOf(s.values)) }))).map(
      (s) => html`<text class=${`end ${s.kind}`}
      x=${x(Math.max(0, s.values.findLastIndex((v) => v !== null))) + 8}
      y=${s.at + 5}>${s.name}</text>`,
    )}
  </svg>`;
}

const lastOf = (values) => values.findLast((v) => v !== null) ?? 0;

/** A line through values; nulls are gaps. */
function path(values, x, y) {
  let pen = "M";
  return values
    .map((v, m) => {
      if (v === null) {
        pen = "M";
        return "";
      }
      const point = `${pen}${x(m).toFixed(1)},${y(v).toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
}

/** Names at the ends of lines, pushed from one another so that each can be read. */
function apart(named, least = 17) {
  const order = [...named].sort((a, b) => a.at - b.at);
  for (let k = 1; k < order.length; k++)
    order[k].at = Math.max(order[k].at, order[k - 1].at + least);
  return order;
}
