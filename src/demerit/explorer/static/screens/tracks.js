// Tracks: both lives at a glance: the score, and when each was at work, in arrears, under sanction.

import { html, useRef } from "../vendor/standalone.module.js";
import { useWidth } from "../lib/parts.js";
import { Figure } from "../charts/figure.js";
import { number } from "../lib/numbers.js";
import { t } from "../texts.js";

const ROW = 15,
  GAP = 16,
  LEFT = 178,
  SCORE = 110,
  TOP = 22;

/** Stretches of months in which something holds: [[from, to]]. */
export function stretches(months, holds) {
  const found = [];
  months.forEach((month, m) => {
    if (!holds(month)) return;
    const last = found.at(-1);
    if (last && last[1] === m - 1) last[1] = m;
    else found.push([m, m]);
  });
  return found;
}

const TRACKS = [
  { key: "employed", holds: (s) => s.employed, worlds: ["law", "scheme"] },
  { key: "arrears", holds: (s) => s.arrears > 0, worlds: ["law", "scheme"] },
  { key: "sanctioned", holds: (s) => s.sanctioned && !s.wrongful, worlds: ["scheme"] },
  { key: "wrongful", holds: (s) => s.wrongful, worlds: ["scheme"] },
];

export function Tracks({ told, head }) {
  const box = useRef(),
    width = useWidth(box);
  const { months } = told;
  const scored = months.some((m) => m.scheme.score_points !== undefined);
  const describe = TRACKS.flatMap(({ key, holds, worlds }) =>
    worlds.map((w) =>
      t("life.track_says", {
        what: t(`life.track.${key}`),
        world: t(`life.world.${w}`),
        months: months.filter((m) => holds(m[w])).length,
      }),
    ),
  ).join(" ");
  const rows = months.map((m, k) => [
    k + 1,
    m.scheme.score_points ?? null,
    m.scheme.tier ?? null,
    ...TRACKS.flatMap(({ holds, worlds }) => worlds.map((w) => (holds(m[w]) ? 1 : 0))),
    m.scheme.cash,
    m.law.cash,
  ]);
  const columns = [
    t("society.columns.month"),
    t("life.columns.points"),
    t("life.columns.tier"),
    ...TRACKS.flatMap(({ key, worlds }) =>
      worlds.map((w) => `${t(`life.track.${key}`)}, ${t(`life.side.${w}`)}`),
    ),
    `${t("life.columns.cash")}, ${t("life.side.scheme")}`,
    `${t("life.columns.cash")}, ${t("life.side.law")}`,
  ];
  return html`<div ref=${box}>${
    width > 0 &&
    html`<${Figure} id="story" title=${t("life.glance")} under=${t("life.glance_under")}
      describe=${describe}
    columns=${columns} rows=${rows} head=${head}><${Drawing}
      ...${{ width, months, scored, head, describe }} /><//>`
  }</div>`;
}

function Drawing({ width, months, scored, head, describe }) {
  const narrow = width < 480; // then a track is named above itself
  const left = narrow ? 62 : LEFT,
    x = (m) => left + (m / months.length) * (width - left - 4);
  const points = months.map((m) => m.scheme.score_points ?? null),
    said = points.filter((v) => v !== null);
  const floors = head.tiers.map((tier) => tier.floor).filter((f) => f > 0);
  const high = Math.max(...said, 1),
    shownFloors = floors.filter((f) => f < high);
  const low = Math.min(
    ...said,
    ...(shownFloors.length
      ? [Math.max(...shownFloors.filter((f) => f <= Math.min(...said)), 0)]
      : [0]),
  );
  const y = (v) => TOP + (1 - (v - low) / (high - low || 1)) * (SCORE - TOP - 8);
  let top = scored ? SCORE + 12 : 8;
  const rows = TRACKS.map((track) => {
    const at = top + (narrow ? 20 : 0);
    top = at + track.worlds.length * (ROW + 3) + GAP;
    return { ...track, at };
  });
  const height = top + 18;
  return html`<svg width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img"
    aria-label=${describe} data-chart>
    ${
      scored &&
      html`<g>
      <text class="side" x="0" y=${narrow ? 12 : TOP + 12}>${t("life.columns.points")}</text>
      ${shownFloors.filter((f) => f >= low).map((f) => html`<line class="grid" x1=${left}
        x2=${width} y1=${y(f)} y2=${y(f)} />`)}
      ${named(head.tiers, y, low, high).map((tier) => html`<text class="tick" x=${width - 4}
        y=${y(tier.floor) - 4} text-anchor="end">
          ${t("life.tier_from", { tier: tier.key, floor: number(tier.floor) })}</text>`)}
      <path class="line with" fill="none" d=${stepped(points, x, y)} />
      <text class="tick" x=${left - 8} y=${y(said[0] ?? low) + 4} text-anchor="end">${said.length
        ? number(said[0]) : ""}</text>
      <text class="tick" x=${left - 8} y=${Math.max(y(said.at(-1) ?? low) + 4, y(said[0]
        ?? low) + 18)} text-anchor="end">${said.length && said.at(-1) !== said[0]
        ? `→ ${number(said.at(-1))}` : ""}</text>
    </g>`
    }
    ${rows.map(
      ({ key, holds, worlds, at }) => html`<g>
      <text class="side" x="0" y=${narrow ? at - 6 : at + (worlds.length * (ROW + 3)) / 2 + 4}>
        ${t(`life.track.${key}`)}</text>
      ${worlds.map(
        (world, k) => html`
        <rect class="track" x=${left} width=${width - left - 4} y=${at + k * (ROW + 3)}
          height=${ROW} />
        ${stretches(months, (m) => holds(m[world])).map(
          ([a, b]) => html`<rect class=${`on ${world === "law" ? "without" : "with"} ${key}`}
          x=${x(a)} width=${Math.max(1.5, x(b + 1) - x(a))} y=${at + k * (ROW + 3)}
            height=${ROW} />`,
        )}
        <text class="track-name" x=${left - 8} y=${at + k * (ROW + 3) + 12} text-anchor="end">
          ${t(`life.side.${world}`)}</text>`,
      )}
    </g>`,
    )}
    ${Array.from({ length: Math.floor(months.length / 12) + 1 }, (_, k) => k * 12)
      .filter((m) => m < months.length)
      .map(
        (m) =>
          html`<text class="tick" x=${x(m)} y=${height - 4}>
            ${narrow && m > 0 ? m + 1 : t("life.month_tick", { month: m + 1 })}</text>`,
      )}
  </svg>`;
}

/** The tiers whose lines can be named without one name on another. */
function named(tiers, y, low, high) {
  const found = [];
  for (const tier of tiers) {
    if (!tier.floor || tier.floor < low || tier.floor >= high) continue;
    if (found.length === 0 || y(tier.floor) - y(found.at(-1).floor) > 15) found.push(tier);
  }
  return found;
}

/** A line that holds its value through each month. */
function stepped(values, x, y) {
  let line = "",
    pen = "M";
  values.forEach((v, m) => {
    if (v === null) return (pen = "M");
    line += `${pen}${x(m).toFixed(1)},${y(v).toFixed(1)}H${x(m + 1).toFixed(1)}`;
    pen = "L";
    return undefined;
  });
  return line;
}
