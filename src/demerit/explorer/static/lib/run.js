// Run: the run that a page shows, named in the address or made for it, with its progress.

import { useEffect, useRef, useState } from "../vendor/standalone.module.js";
import { isAsked, questionOf } from "./question.js";
import { ask, cancel, follow, get } from "./server.js";

const PATIENCE = 350; // ms in which the reader may still choose
const CHANGED = new Error("another run is wanted"); // and this one is not any more

/** The name of the run for an address; `tell({event, ...})` hears of the progress of a new one. */
export async function find(address, tell, signal) {
  if (address.run) return address.run;
  const about = await get("/api/about");
  if (about.run && !isAsked(address)) return about.run;
  const job = await ask(questionOf(address, about.usual));
  if (job.run) return job.run;
  try {
    signal.throwIfAborted();
    tell({ event: "queued", position: job.position, job: job.job });
    const heard = (event, data) => tell({ event, job: job.job, ...data });
    return (await follow(job.job, heard, signal)).run;
  } catch (why) {
    if (why === CHANGED) cancel(job.job).catch(() => null);
    throw why;
  }
}

/** Head of a run: GET /api/runs/{run}. A run's folder never changes, so it is asked for once. */
export const head = (run) => get(`/api/runs/${encodeURIComponent(run)}`, { keep: true });

/** Something of a run, such as "anatomy" or "people/19". */
export const part = (run, what) =>
  get(`/api/runs/${encodeURIComponent(run)}/${what}`, { keep: true });

/**
 * The run of an address as state: {run, head, progress, fault, again}.
 * `run` and `head` are null until it is there; `fault` is an Error once something went wrong.
 */
export function useRun(address) {
  const [state, setState] = useState({ run: null, head: null, progress: null, fault: null });
  const [tries, setTries] = useState(0);
  const first = useRef(true),
    gone = useRef(false);
  useEffect(() => () => (gone.current = true), []); // before the next effect: it is asked there
  const { screen, ...rest } = address;
  const key = JSON.stringify([whatIsRun(rest), tries]);
  useEffect(() => {
    const stop = new AbortController();
    const mine = (set) => !stop.signal.aborted && setState(set);
    setState({ run: null, head: null, progress: null, fault: null });
    const start = () =>
      find(address, (progress) => mine((s) => ({ ...s, progress })), stop.signal)
        .then(async (run) => ({ run, head: await head(run) }))
        .then((found) => mine({ ...found, progress: null, fault: null }))
        .catch((fault) => mine({ run: null, head: null, progress: null, fault }));
    const timer = setTimeout(start, first.current || address.run ? 0 : PATIENCE);
    first.current = false;
    return () => {
      clearTimeout(timer);
      stop.abort(gone.current ? new Error("left") : CHANGED); // another screen may want it
    };
  }, [key]);
  return { ...state, again: () => setTries(tries + 1) };
}

/** The parts of an address that decide what is run. */
export function whatIsRun(address) {
  const names = ["run", "scheme", "society", "people", "months", "seed", "quick", "without"];
  return Object.entries(address)
    .filter(([n]) => names.includes(n) || n.startsWith("x."))
    .sort();
}

const NOTHING = { found: null, fault: null };

/** Something fetched, as state: {found, fault}; nothing of another `key` than is asked for. */
export function useFetched(key, fetcher) {
  const [state, setState] = useState({ key: null, ...NOTHING });
  useEffect(() => {
    let mine = key !== null;
    const put = (what) => mine && setState({ key, ...NOTHING, ...what });
    if (mine)
      fetcher().then(
        (found) => put({ found }),
        (fault) => put({ fault }),
      );
    return () => (mine = false);
  }, [key]);
  return state.key === key ? state : NOTHING;
}
