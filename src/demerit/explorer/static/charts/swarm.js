// Swarm: thousands of people as dots on a canvas, moving as months pass.
//
// With the scheme they stand in the block of their tier; without it, and once it has ended, all
// stand in one.

import { colour, MARKS } from "./marks.js";
import { idOf } from "../lib/crowd.js";

const GAP = 30; // px between blocks: room for a heading
const EASE = 450; // ms that a move takes
const LEAST = 4,
  MOST = 13; // px from dot to dot

/**
 * Blocks of a panel: {y, across, head, rows, empty} by group, so that all fit into width x height
 * [px]; the last is the one block in which all stand, which lies over the others and is named by
 * the first.
 */
export function layOut(room, width, height) {
  const used = room.filter((n) => n > 0).length;
  for (let step = MOST; step >= LEAST; step -= 0.25) {
    const across = Math.floor(width / step);
    const rows = room.map((n) => Math.ceil(n / across));
    const needed = rows.reduce((a, b) => a + b, 0) * step + used * GAP;
    if (needed > height && step > LEAST) continue;
    let y = 0;
    const blocks = room.map((n, g) => {
      const block = { y: y + GAP, across, head: y, rows: rows[g], empty: n === 0 };
      if (n > 0) y += GAP + rows[g] * step;
      return block;
    });
    blocks.push({ y: GAP, across, head: 0, rows: 0, empty: true });
    return { step, blocks, height: Math.ceil(y) };
  }
  return null;
}

/** Where a seat of a block is [px]. */
export const placeOf = ({ y, across }, step, seat) => [
  ((seat % across) + 0.5) * step,
  y + (Math.floor(seat / across) + 0.5) * step,
];

const paths = {};
const path = (mark) => (paths[mark] ??= new Path2D(MARKS[mark]));

/** Draws a panel; keeps where everybody stands, so that a click finds them. */
export class Swarm {
  constructor(canvas, crowd, world) {
    Object.assign(this, {
      canvas,
      crowd,
      world,
      month: 0,
      from: 0,
      began: 0,
      frame: 0,
      look: null,
    });
    this.x = new Float32Array(crowd.people);
    this.y = new Float32Array(crowd.people);
  }

  /** Fit into a size; the panel without the scheme has one block of all. */
  fit(width, height) {
    const room = this.world === "with" ? this.crowd.room : [this.crowd.people];
    this.lay = layOut(room, width, height);
    const scale = window.devicePixelRatio || 1,
      { canvas } = this;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(this.lay.height * scale);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${this.lay.height}px`;
    Object.assign(this, { scale, width });
  }

  /** Show a month: `look` says colour, mark and size of each; moves are eased unless `still`. */
  show(month, look, { still, picked }) {
    const moved = month !== this.month;
    Object.assign(this, { from: moved ? this.month : this.from, month, look, picked });
    cancelAnimationFrame(this.frame);
    this.began = still || !moved ? -Infinity : performance.now();
    this.draw();
  }

  draw() {
    const part = Math.min(1, (performance.now() - this.began) / EASE);
    this.place(1 - (1 - part) ** 3);
    this.paint();
    if (part < 1) this.frame = requestAnimationFrame(() => this.draw());
  }

  place(part) {
    const { crowd, lay, x, y } = this,
      n = crowd.people;
    const seatOf = (m, i) =>
      this.world === "with"
        ? placeOf(lay.blocks[crowd.group[m * n + i]], lay.step, crowd.seats[m * n + i])
        : placeOf(lay.blocks[0], lay.step, i);
    for (let i = 0; i < n; i++) {
      const [xb, yb] = seatOf(this.month, i);
      const same =
        part >= 1 ||
        this.world !== "with" ||
        (crowd.seats[this.from * n + i] === crowd.seats[this.month * n + i] &&
          crowd.group[this.from * n + i] === crowd.group[this.month * n + i]);
      const [xa, ya] = same ? [xb, yb] : seatOf(this.from, i);
      x[i] = xa + (xb - xa) * part;
      y[i] = ya + (yb - ya) * part;
    }
  }

  paint() {
    const context = this.canvas.getContext("2d"),
      { lay, scale } = this,
      n = this.crowd.people;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, this.width, lay.height);
    const later = [];
    for (let i = 0; i < n; i++) {
      const seen = this.look(this.world, this.month, i);
      if (seen.loud || i === this.picked) later.push([i, seen]);
      else this.dot(context, i, seen);
    }
    for (const [i, seen] of later) this.dot(context, i, seen);
    if (this.picked >= 0) this.ring(context, this.picked);
  }

  dot(context, i, { fill, mark, size }) {
    const r = this.lay.step * size,
      { scale } = this;
    context.fillStyle = fill;
    context.setTransform(scale * r, 0, 0, scale * r, scale * this.x[i], scale * this.y[i]);
    context.fill(path(mark), "evenodd");
  }

  ring(context, i) {
    context.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    context.beginPath();
    context.arc(this.x[i], this.y[i], Math.max(9, this.lay.step), 0, 2 * Math.PI);
    context.lineWidth = 3;
    context.strokeStyle = colour("ink");
    context.stroke();
  }

  /** Who stands nearest to a point [px]; -1 where nobody does. */
  near(px, py) {
    let found = -1,
      least = (2.2 * this.lay.step) ** 2;
    for (let i = 0; i < this.crowd.people; i++) {
      const d = (this.x[i] - px) ** 2 + (this.y[i] - py) ** 2;
      if (d < least) [found, least] = [i, d];
    }
    return found;
  }

  /** The panel as SVG: {inner, width, height}. */
  svg(heading) {
    const dots = [];
    for (let i = 0; i < this.crowd.people; i++) {
      const { fill, mark, size } = this.look(this.world, this.month, i),
        r = this.lay.step * size;
      const at = `translate(${this.x[i].toFixed(1)},${this.y[i].toFixed(1)}) scale(${r.toFixed(2)})`;
      dots.push(
        `<path d="${MARKS[mark]}" fill="${fill}" fill-rule="evenodd" transform="${at}"><title>${idOf(this.crowd, i)}</title></path>`,
      );
    }
    const heads = heading.map(
      ({ y, text }) =>
        `<text x="0" y="${y + 20}" font-size="15" font-weight="600">${text.replace(/[&<>]/g, "")}</text>`,
    );
    return { inner: [...heads, ...dots].join("\n"), width: this.width, height: this.lay.height };
  }
}
