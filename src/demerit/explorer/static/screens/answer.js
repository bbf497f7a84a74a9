// Answer: a question run on the server, heard while it goes; one after the other, the latest wins.

import { useEffect, useRef, useState } from "../vendor/standalone.module.js";
import { head as headOf, part } from "../lib/run.js";
import { ask, cancel, follow } from "../lib/server.js";

const PATIENCE = 200; // ms in which a slider may still move
const PACE = 120; // ms between two looks at what has come in: to draw takes time from who computes
const NOTHING = {
  four: null,
  months: [],
  progress: null,
  told: null,
  run: null,
  head: null,
  measures: null,
  doors: null,
  fault: null,
  done: false,
  seconds: null,
};

const FRESH = { months: [], run: null, head: null, measures: null, doors: null };

/**
 * The answer to a question as state.
 *
 * four    FOUR (docs/explorer.md) as last told, or of the last month in which the scheme stood
 * months  one FOUR for each month so far
 * done    the four numbers are those of the last month; run, head, measures follow
 * told    {people, months, force} of what is done
 * seconds from the question to the four numbers, as the reader waits for them
 * `question` null: nothing is asked; `ready` false: not yet
 */
export function useAnswer(question, ready = true) {
  const [state, setState] = useState(NOTHING);
  const [tries, setTries] = useState(0);
  const gone = useRef(false);
  useEffect(() => () => (gone.current = true), []); // before the next effect: it is asked there
  const first = useRef(true),
    key = question && ready ? JSON.stringify([question, tries]) : null;
  useEffect(() => {
    if (key === null) {
      setState(NOTHING);
      return undefined;
    }
    const stop = new AbortController();
    let job = null;
    const mine = (set) => !stop.signal.aborted && setState(set);
    const began = performance.now();
    mine((s) => ({ ...s, progress: { event: "asking" }, fault: null, done: false }));
    const timer = setTimeout(
      async () => {
        try {
          const asked = await ask(question, "four");
          job = asked.job;
          if (stop.signal.aborted)
            return !gone.current && !asked.run && cancel(job).catch(() => null);
          const since = () => (performance.now() - began) / 1000;
          const tell = paced((told) =>
            mine((s) => told.reduce((t, one) => heard(t, { job, ...one }, question), s)),
          );
          const done = asked.run
            ? { run: asked.run }
            : await follow(
                job,
                (event, data) => tell({ event, data, at: since() }, event === "four"),
                stop.signal,
              );
          const [head, measures, four] = await Promise.all([
            headOf(done.run),
            part(done.run, "measures"),
            part(done.run, "four"),
          ]);
          const seconds = since();
          return mine((s) => ({
            ...NOTHING,
            four: four.months[Math.max(0, (head.months_in_force || head.months) - 1)],
            months: four.months,
            run: done.run,
            head,
            measures: measures.measures,
            doors: four.doors,
            done: true,
            told: { people: head.people, months: head.months, force: head.months_in_force },
            seconds: s.done ? s.seconds : seconds,
          }));
        } catch (fault) {
          return mine((s) => ({ ...s, fault, progress: null }));
        }
      },
      first.current ? 0 : PATIENCE,
    );
    first.current = false;
    return () => {
      clearTimeout(timer);
      stop.abort(new Error("asked something else"));
      if (job && !gone.current) cancel(job).catch(() => null); // another screen may want it
    };
  }, [key]);
  return { ...state, again: () => setTries(tries + 1) };
}

/** What an event on the way adds. */
function heard(state, { job, event, data, at }, { people, months }) {
  const next = { ...state, progress: { event, ...data, job } };
  if (event === "started") return { ...next, ...FRESH };
  if (event === "month") return { ...next, four: data.four, months: [...state.months, data.four] };
  if (event === "four") {
    const told = { people, months, force: data.months_in_force };
    return { ...next, doors: data.doors, done: true, told, seconds: at };
  }
  return next;
}

/** Hands on what comes in, at most every PACE ms; what cannot wait, with all before it, at once. */
function paced(hand) {
  let held = [],
    timer = null;
  const flush = () => {
    clearTimeout(timer);
    timer = null;
    hand(held.splice(0));
  };
  return (one, now) => {
    held.push(one);
    if (now) flush();
    else timer ??= setTimeout(flush, PACE);
  };
}
