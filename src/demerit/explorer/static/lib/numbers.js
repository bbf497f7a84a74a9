// Numbers: how a quantity is said, by its unit.

import { language } from "../texts.js";

const formats = new Map();

/** A number with so many decimals, as the reader's language writes it. */
export function number(value, decimals = 0) {
  const key = `${language} ${decimals}`;
  if (!formats.has(key)) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    formats.set(key, new Intl.NumberFormat(language, digits));
  }
  const text = formats.get(key).format(value).replace("-", "\u2212");
  return /^\u2212[0.,]*$/.test(text) ? text.slice(1) : text; // no minus before nought
}

// Unit of a measure -> factor and words. Rates are told for a thousand people and a year.
const UNITS = {
  share: { factor: 100, after: "%" },
  rate: { factor: 12_000, after: " per 1,000 people a year" },
  months: { factor: 1, after: " months" },
  points: { factor: 1, after: " points" },
  yuan: { factor: 1, after: " yuan" },
};

/** A sentence of the program, which counts months from nought, with months from one. */
export const fromOne = (text) =>
  text.replace(/\bmonth (\d+)/g, (_, month) => `month ${Number(month) + 1}`);

/** A number with at most three digits that say something: 191, 10.7, 0.238. */
export function brief(value) {
  const size = Math.abs(value);
  const decimals =
    size === 0 || size >= 100
      ? 0
      : size >= 10
        ? 1
        : size >= 1
          ? 2
          : Math.min(6, 2 - Math.floor(Math.log10(size)));
  const text = number(value, decimals);
  return size >= 100 ? text : text.replace(/([.,]\d*?)0+$/, "$1").replace(/[.,]$/, "");
}

/** How values of a unit are told: `plain`, `signed` (an effect), and what stands `after`. */
export function scale(unit) {
  const { factor, after } = UNITS[unit] ?? { factor: 1, after: unit ? ` ${unit}` : "" };
  const plain = (v) => brief(v * factor);
  return { factor, after, plain, signed: (v) => (v > 0 && plain(v) !== "0" ? "+" : "") + plain(v) };
}
