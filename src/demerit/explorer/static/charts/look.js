// Look: how each person is drawn in the swarm, by what the reader asks: colour, mark and size.

import { colour } from "./marks.js";
import { NO_FILE } from "../lib/crowd.js";

export const LOOKS = ["tier", "wrongly", "silent", "arrears"];
const LOUD = { wrongly: "error", silent: "lawful", arrears: "unable" };
const TIER_MARKS = ["disc", "disc", "square", "triangle", "diamond"];

/** (world, month, person) -> {fill, mark, size, loud}, in the colours of the theme as it stands. */
export function lookOf(crowd, by) {
  const faint = colour("faint"),
    none = colour("none"),
    n = crowd.people;
  if (by === "tier") {
    const last = crowd.tiers.length - 1;
    const looks = crowd.tiers.map((_, k) => {
      const row = k === 0 ? 0 : crowd.sanctioned_tiers[k] ? (k === last ? 4 : 3) : Math.min(2, k);
      return {
        fill: colour(`tier${row}`),
        mark: TIER_MARKS[row],
        size: 0.38,
        loud: crowd.sanctioned_tiers[k],
      };
    });
    const plain = { fill: colour("tier0"), mark: "disc", size: 0.36, loud: false };
    const noFile = { fill: none, mark: "ring", size: 0.3, loud: false };
    return (world, month, i) => {
      if (world === "without" || !crowd.in_force[month]) return plain;
      const tier = crowd.tier[month * n + i];
      return tier === NO_FILE ? noFile : looks[tier];
    };
  }
  const bit = crowd.state_bits[by];
  const quiet = { fill: faint, mark: "disc", size: 0.26, loud: false };
  const loud = { fill: colour(LOUD[by]), mark: "diamond", size: 0.52, loud: true };
  return (world, month, i) => (crowd.state[world][month * n + i] & bit ? loud : quiet);
}
