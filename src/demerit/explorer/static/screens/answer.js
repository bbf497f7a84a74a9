// Answer: a question run on the server, heard while it goes; one after the other, the latest wins.

import { useEffect, useRef, useState } from "../vendor/standalone.module.js";
import { head as headOf, part } from "../lib/run.js";
import { ask, cancel, follow } from "../lib/server.js";

const PATIENCE = 350; // ms in which a slider may still move
const NOTHING = {
  four: null,
  months: [],
  progress: null,
  run: null,
  head: null,
  measures: null,
  fault: null,
  done: false,
  seconds: null,
};

/**
 * The answer to a question as state.
 *
 * four    FOUR (docs/explorer.md) as last told, or of the last month in which the scheme stood
 * months  one FOUR for each month so far
 * seconds from the question to the answer, as the reader waits for it
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
          const asked = await ask(question);
          job = asked.job;
          if (stop.signal.aborted)
            return !gone.current && !asked.run && cancel(job).catch(() => null);
          const done = asked.run
            ? { run: asked.run }
            : await follow(
                job,
                (event, data) => mine((s) => heard(s, event, { ...data, job })),
                stop.signal,
              );
          const [head, measures, four] = await Promise.all([
            headOf(done.run),
            part(done.run, "measures"),
            part(done.run, "four"),
          ]);
          const seconds = (performance.now() - began) / 1000;
          return mine(() => ({
            ...NOTHING,
            four: four.months[Math.max(0, (head.months_in_force || head.months) - 1)],
            months: four.months,
            run: done.run,
            head,
            measures: measures.measures,
            doors: four.doors,
            done: true,
            seconds,
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
function heard(state, event, data) {
  const next = { ...state, progress: { event, ...data } };
  if (event === "started") return { ...next, months: [], measures: null };
  if (event === "month") return { ...next, four: data.four, months: [...state.months, data.four] };
  return next;
}
