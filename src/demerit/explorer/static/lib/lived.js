// Lived: a life that is played, in words: what is asked, what came of it, what is known of it.
//
// Choices are a text: for each month a letter for each offer (1 yes, 0 no, - as the model has it),
// or * for a month left to the model, then a point. It stands in the address, and the server keeps
// nothing.

import { number } from "./numbers.js";
import { t, word } from "../texts.js";

/** Months of a text of choices. */
export const monthsOf = (choices) => choices.split(".").slice(0, -1);

/** Choices without the last month, or without the months that were left to the model at once. */
export function without(choices) {
  const months = monthsOf(choices);
  const kept = months.slice(0, months.findLastIndex((month) => month !== "*") + 1);
  const fewer = kept.length < months.length ? kept : months.slice(0, -1);
  return fewer.map((month) => `${month}.`).join("");
}

/** Is it known to this person what a deed costs or brings? */
export const knowsRules = (aware) => aware === "rules" || aware === "score";

/** What an offer asks, its two answers, and each as what was done: {asks, yes, no, did, left}. */
export function question(offer, money) {
  const sums = {
    money,
    sum: number(offer.sum ?? 0),
    cash: number(offer.cash ?? 0),
    need: number(offer.need ?? 0),
    points: number(offer.points ?? 0),
  };
  const key = `live.offer.${offer.key}`;
  return {
    asks: word(`${key}.asks`, null) ? t(`${key}.asks`, sums) : offer.title,
    yes: word(`${key}.yes`, null) ? t(`${key}.yes`, sums) : t("live.yes"),
    no: word(`${key}.no`, null) ? t(`${key}.no`, sums) : t("live.no"),
    did: word(`${key}.did`, `${offer.title}: ${t("live.yes")}`),
    left: word(`${key}.left`, `${offer.title}: ${t("live.no")}`),
  };
}

/** How often a deed of this kind is written down, in words. */
export function chance(seen) {
  if (seen <= 0) return t("live.seen.never");
  if (seen >= 0.995) return t("live.seen.always");
  if (seen >= 0.5) return t("live.seen.of_ten", { times: number(10 * seen) });
  return t("live.seen.one_in", { many: number(rounded(1 / seen)) });
}

/** A number with one digit that says something: 3, 60, 2,000. */
function rounded(x) {
  const power = 10 ** Math.floor(Math.log10(x));
  return Math.round(x / power) * power;
}

/** What an offer would do, in lines: who sees it, and the rule, if it is known. */
export function stakes(offer, knows) {
  const { money } = knows;
  if (offer.key === "pay")
    return offer.dues.map((due) =>
      [
        t("live.due_line", { deed: due.title, sum: number(due.sum), money }),
        ...atStake(due, knows),
      ].join(" "),
    );
  if (offer.key === "appeal")
    return [t("live.appeal_chance", { in10: number(10 * offer.success) })];
  if (offer.key === "buy") return [];
  return [atStake(offer, knows).join(" ")];
}

/** The rule on a deed, if it is known, and who may see it. */
function atStake(offer, { aware, lens, agencies, stands }) {
  const lines = [];
  if (lens || knowsRules(aware))
    lines.push(
      offer.points === 0
        ? t("live.rule.none")
        : t(offer.points > 0 ? "live.rule.brings" : "live.rule.costs", {
            points: number(Math.abs(offer.points)),
          }),
    );
  else if (stands) lines.push(t("live.rule.unknown"));
  const who = offer.agencies.map((key) => lower(agencies[key])).join("; ");
  lines.push(
    offer.seen > 0
      ? t("live.seen.line", { chance: chance(offer.seen), who })
      : t("live.seen.never"),
  );
  return lines;
}

// What a person learns of when it happens, in any case ...
const FELT = (
  "scheme_ends posted learns job_lost job_found standing_won standing_lost wage_withheld " +
  "wage_paid behind behind_no_more judged judgment_ended fined ill helped goes_without withheld " +
  "shown protests sabotages appeals corrected earns_points buys_points ties_fell asked " +
  "neglect_begun neglect_ended"
).split(" ");
// ... and what only of who knows the own score.
const ON_FILE = "opened entered erased tier sanctioned freed".split(" ");
// What nobody tells them.
const HIDDEN = "scheme_begins recorded wrongful_now wrongful_no_more shielded".split(" ");
export const UNTRUE = ["false", "foreign", "mislabelled", "groundless"];

/** What came of a month: [{text, loud, hidden}]; `hidden` is what this person cannot know. */
export function answers(steps, { aware, person, deeds, agencies, doors, money }) {
  const found = [];
  for (const step of steps) {
    const { event } = step;
    if (event === "asked" && !step.answer.startsWith("refused")) continue;
    const mine = step.on === undefined || step.on === person;
    if (event === "recorded" && step.fate === "arrives" && mine) continue; // its entry says it
    const onFile = ON_FILE.includes(event);
    if (!onFile && !FELT.includes(event) && !HIDDEN.includes(event)) continue;
    const hidden = HIDDEN.includes(event) || (onFile && aware !== "score");
    const text = said(step, { mine, deeds, agencies, doors, money });
    found.push({ text, hidden, loud: isLoud(step) });
  }
  return found;
}

const LOUD = "sanctioned posted job_lost goes_without judged scheme_ends wrongful_now asked".split(
  " ",
);
const isLoud = (step) =>
  LOUD.includes(step.event) || (step.event === "entered" && UNTRUE.includes(step.truth));

/** One thing that happened, said to whom it happened. */
function said(step, { mine, deeds, agencies, doors, money }) {
  const fate = step.event === "recorded" ? (mine ? step.fate : "other") : null;
  const key = `live.event.${[step.event, step.aware ?? fate].filter(Boolean).join("_")}`;
  if (!word(key, null)) return step.text;
  const text = t(key, {
    deed: lower(deeds.get(step.deed) ?? step.deed ?? ""),
    agency: lower(agencies[step.agency] ?? ""),
    door: (doors.get(step.door) ?? step.door ?? "").split(" (")[0],
    points: signed(step.points ?? 0),
    count: number(step.count ?? 0),
    sum: number(step.sum ?? 0),
    tier: step.tier ?? "",
    from: step.from ?? "",
    to: step.to ?? "",
    money,
  });
  return step.event === "entered" && UNTRUE.includes(step.truth)
    ? `${text} ${t(`live.truth.${step.truth}`)}`
    : text;
}

const lower = (title) => title.slice(0, 1).toLowerCase() + title.slice(1);
export const signed = (points) => (points > 0 ? "+" : "") + number(points);

/** What was done by habit in a month, beside what was chosen, as one sentence; or null. */
export function habits(steps, chosen, deeds) {
  const did = steps.filter((step) => step.event === "did" && !chosen.includes(step.deed));
  if (did.length === 0) return null;
  const list = did.map(
    (step) =>
      lower(deeds.get(step.deed) ?? step.deed) +
      (step.count > 1 ? ` ${t("life.times", { count: step.count })}` : ""),
  );
  return t("live.habits", { list: list.join("; ") });
}
