// Hundred: a hundred people as a hundred marks, in groups by what their sanction hangs on.

import { html } from "../vendor/standalone.module.js";
import { CAUSES, MARKS } from "./marks.js";

const ACROSS = 10;

/**
 * Before the answer: a hundred rings, as many of them filled as the reader guesses.
 * width [px]; guess 0..100
 */
export function Guessed({ width, guess, label }) {
  const step = Math.min(34, width / ACROSS),
    side = step * ACROSS,
    r = step * 0.36;
  return html`<svg width=${side} height=${side} viewBox=${`0 0 ${side} ${side}`} role="img"
    aria-label=${label} data-chart>
    ${Array.from({ length: 100 }, (_, k) => {
      const x = ((k % ACROSS) + 0.5) * step,
        y = (Math.floor(k / ACROSS) + 0.5) * step;
      return html`<path class=${k < guess ? "guess-yes" : "guess-no"} d=${k < guess
        ? MARKS.disc : MARKS.ring}
        fill-rule="evenodd" transform=${`translate(${x},${y}) scale(${r})`} />`;
    })}
  </svg>`;
}

/**
 * The answer: marks in rows of ten, group by group, each group named beside its own marks.
 * groups [{key, count, name}] that add up to 100; guess is drawn as a bracket of its own
 */
export function Answered({ width, groups, label }) {
  const narrow = width < 560,
    step = narrow ? Math.min(30, width / ACROSS) : 30,
    r = step * 0.36;
  const beside = narrow ? 0 : ACROSS * step + 26,
    gap = narrow ? 12 : 10;
  let y = 4;
  const rows = groups.map((group) => {
    const height = Math.max(Math.ceil(group.count / ACROSS) * step, narrow ? 0 : step * 1.1);
    const head = narrow ? 24 : 0,
      top = y;
    y += height + head + gap;
    return { ...group, top, head, height };
  });
  const height = y;
  return html`<svg width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img"
    aria-label=${label} data-chart>
    ${rows.map(
      (g) => html`<g>
      ${Array.from(
        { length: g.count },
        (_, k) => html`<path d=${MARKS[CAUSES[g.key].mark]}
        class=${`cause-${g.key}`} fill-rule="evenodd"
        transform=${`translate(${((k % ACROSS) + 0.5) * step},${g.top + g.head + (Math.floor(k / ACROSS) + 0.5) * step}) scale(${r})`} />`,
      )}
      <text x=${beside} y=${g.top + (narrow ? 16 : step * 0.5 + 7)} class="dots-label">
        <tspan class=${`dots-count cause-${g.key}`}>${g.count}</tspan><tspan dx="8">${g.name}
          </tspan></text>
    </g>`,
    )}
  </svg>`;
}

/**
 * The answer on a rule from 0 to 100: the band of the interval, the answer, and the guess.
 * low, high may be null
 */
export function Ruler({ width, answer, low, high, guess, words, label }) {
  const left = 12,
    right = width - 12,
    y = 52,
    x = (v) => left + (v / 100) * (right - left);
  const anchor = (v) => (v < 15 ? "start" : v > 85 ? "end" : "middle");
  return html`<svg width=${width} height="104" viewBox=${`0 0 ${width} 104`} role="img"
    aria-label=${label} data-chart>
    ${low !== null && html`<rect class="band" x=${x(low)} y=${y - 11}
      width=${Math.max(2, x(high) - x(low))} height="22" />`}
    <line class="axis" x1=${left} x2=${right} y1=${y} y2=${y} />
    ${[0, 25, 50, 75, 100].map(
      (v) => html`<line class="axis" x1=${x(v)} x2=${x(v)} y1=${y - 4} y2=${y + 4} />
      <text class="tick" x=${x(v)} y=${y + 24} text-anchor=${v === 0 ? "start" : v === 100
        ? "end" : "middle"}>${v}</text>`,
    )}
    <path class="cause-harm" d=${MARKS.disc} transform=${`translate(${x(answer)},${y}) scale(8)`} />
    <text class="strong" x=${x(answer)} y=${y - 22} text-anchor=${anchor(answer)}>${words.answer}
      </text>
    <path class="guess-mark" d=${MARKS.diamond}
      transform=${`translate(${x(guess)},${y}) scale(8)`} />
    <text class="quiet-text" x=${x(guess)} y=${y + 44} text-anchor=${anchor(guess)}>${words.guess}
      </text>
  </svg>`;
}
