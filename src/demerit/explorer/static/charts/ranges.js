// Ranges: a row for each side of a measure: its mark and both intervals, never merged.

import { html } from "../vendor/standalone.module.js";
import { MARKS } from "./marks.js";
import { sayTicks, ticks } from "./months.js";

const HEIGHT = 34,
  TOP = 6,
  AXIS = 24;

/**
 * Sides of one measure on one axis, each on a line of its own.
 *
 * sides [{name, value, low, high, chance_low, chance_high, mark, kind}];
 *       in units of the axis, null where undefined
 * floor: no band is drawn below it, as a share has nothing below nought
 */
export function Ranges({
  width,
  sides,
  label,
  from = null,
  floor = -Infinity,
  ceiling = Infinity,
}) {
  const within = (v) => (v === null || v === undefined ? v : Math.min(ceiling, Math.max(floor, v)));
  sides = sides.map((s) => ({
    ...s,
    low: within(s.low),
    high: within(s.high),
    chance_low: within(s.chance_low),
    chance_high: within(s.chance_high),
  }));
  const all = sides
    .flatMap((s) => [s.value, s.low, s.high, s.chance_low, s.chance_high, from])
    .filter((v) => v !== null && v !== undefined);
  if (all.length === 0) return null;
  const narrow = width < 480,
    left = narrow ? 8 : 180,
    right = 76,
    line = narrow ? HEIGHT + 18 : HEIGHT;
  const steps = ticks(all, narrow ? 3 : 4),
    say = sayTicks(steps),
    least = steps[0],
    most = steps.at(-1);
  const x = (v) => left + ((v - least) / (most - least || 1)) * (width - left - right);
  const height = TOP + sides.length * line + AXIS;
  return html`<svg width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img"
    aria-label=${label} data-chart>
    ${steps.map(
      (v) => html`<line class="grid" x1=${x(v)} x2=${x(v)} y1=${TOP} y2=${height - AXIS} />
      <text class="tick" x=${x(v)} y=${height - 7} text-anchor=${v === least && narrow
        ? "start" : "middle"}>${say(v)}</text>`,
    )}
    ${least < 0 && most > 0 && html`<line class="nought" x1=${x(0)} x2=${x(0)} y1=${TOP}
      y2=${height - AXIS} />`}
    ${sides.map((s, k) => {
      const y = TOP + k * line + (narrow ? 18 : 0) + HEIGHT / 2;
      const nothing = s.value === null || s.value === undefined;
      return html`<g>
        <text class="side" x=${narrow ? left : left - 12} y=${narrow ? y - 16 : y + 5}
          text-anchor=${narrow ? "start" : "end"}>${s.name}</text>
        ${isRange(s.low, s.high) && html`<rect class="band" x=${x(s.low)}
          width=${Math.max(2, x(s.high) - x(s.low))} y=${y - 9} height="18" />`}
        ${isRange(s.chance_low, s.chance_high) && html`<rect class="band2" x=${x(s.chance_low)}
          width=${Math.max(2, x(s.chance_high) - x(s.chance_low))} y=${y - 4} height="8" />`}
        ${
          nothing
            ? html`<text class="tick" x=${left + 6} y=${y + 4}>–</text>`
            : html`<path class=${`mark-${s.kind}`} d=${MARKS[s.mark]} fill-rule="evenodd"
            transform=${`translate(${x(s.value)},${y}) scale(6.5)`} />
          <text class="value" x=${x(Math.max(s.value, s.chance_high ?? s.value, s.high
            ?? s.value)) + 11} y=${y + 5}>${s.said}</text>`
        }
      </g>`;
    })}
  </svg>`;
}

const isRange = (a, b) => a !== null && a !== undefined && b !== null && b !== undefined;
