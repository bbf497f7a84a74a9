// Server: what the page asks of it, and what goes wrong, said in words.
//
// docs/explorer.md describes every call.

import { t } from "../texts.js";

/** What went wrong: a sentence for people, and where the server said so, how to mend it. */
export class Fault extends Error {
  constructor({ what, where = null, allowed = null, mend = null }, status = 0) {
    super(what);
    Object.assign(this, { where, allowed, mend, status });
  }
}

const PATIENCE = 60_000; // ms; a call that takes longer is told as an error
const remembered = new Map();

/** The JSON of an address. What never changes is asked for once. */
export function get(path, { keep = false } = {}) {
  if (!keep) return call(path);
  if (!remembered.has(path)) {
    const asked = call(path);
    remembered.set(path, asked);
    asked.catch(() => remembered.delete(path));
  }
  return remembered.get(path);
}

/** Send JSON, receive JSON. */
export function post(path, body) {
  return call(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  });
}

/** Put a question: its job. The server counts who asked, and this tab how often it did.
 * `first`: what is wanted as soon as may be, "run" or "four" (docs/explorer.md) */
export async function ask(question, first = "run") {
  const job = await post(`/api/jobs${first === "run" ? "" : `?first=${first}`}`, question);
  if (!job.run) asked(job.job, asked(job.job) + 1);
  return job;
}

/** Wait for a job no more. It ends unless somebody else, such as another tab, has asked for it. */
export async function cancel(job) {
  const times = asked(job);
  asked(job, null);
  dispatchEvent(new CustomEvent("jobstopped", { detail: job }));
  for (let k = 0; k < Math.max(1, times); k++) await call(`/api/jobs/${job}`, { method: "DELETE" });
}

/** How often this tab has asked for a job; kept while the tab is open, as the server's count is. */
function asked(job, times) {
  try {
    if (times === null) sessionStorage.removeItem(job);
    else if (times !== undefined) sessionStorage.setItem(job, times);
    return Number(sessionStorage.getItem(job));
  } catch {
    return 1; // a browser that keeps nothing
  }
}

async function call(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch (why) {
    const late = why.name === "TimeoutError";
    throw new Fault({ what: t(late ? "fault.late" : "fault.away"), mend: t("fault.away_mend") });
  }
  const text = await answer.text();
  let found = null;
  try {
    found = JSON.parse(text);
  } catch {
    // A proxy's page, or half an answer: told below.
  }
  if (answer.ok && found !== null) return found;
  throw new Fault(
    found?.error ?? { what: t("fault.odd", { status: answer.status }) },
    answer.status,
  );
}

/** Names and values as the query of an address. */
export const query = (values) =>
  new URLSearchParams(
    Object.entries(values).filter(([, v]) => v !== null && v !== undefined && v !== ""),
  ).toString();

const TOLD =
  "queued started compiling before month four measures rest not_known".split(" ");
const SILENCE = 90_000; // ms without a word (the server says something every 10 s): given up

/**
 * Follow a job. `tell(event, data)` hears all on the way; resolves with what `done` says.
 * Throws Fault when the job fails, is cancelled, or the server falls silent.
 */
export function follow(job, tell, signal) {
  return new Promise((resolve, reject) => {
    const stream = new EventSource(`/api/jobs/${job}/events`);
    let heard = Date.now();
    const watch = setInterval(async () => {
      if (Date.now() - heard < SILENCE) return;
      const now = await call(`/api/jobs/${job}`).catch((fault) => fault);
      if (now instanceof Fault) finish(reject, now);
      heard = Date.now();
    }, 5_000);
    const stopped = (event) =>
      event.detail === job && finish(reject, new Fault({ what: t("fault.cancelled") }));
    addEventListener("jobstopped", stopped);
    const finish = (how, what) => {
      removeEventListener("jobstopped", stopped);
      clearInterval(watch);
      stream.close();
      how(what);
    };
    for (const name of TOLD) {
      stream.addEventListener(name, (event) => {
        heard = Date.now();
        tell(name, JSON.parse(event.data));
      });
    }
    stream.addEventListener("done", (event) => finish(resolve, JSON.parse(event.data)));
    stream.addEventListener("cancelled", () =>
      finish(reject, new Fault({ what: t("fault.cancelled") })),
    );
    stream.addEventListener("error", async (event) => {
      if (event.data) return finish(reject, new Fault(JSON.parse(event.data).error));
      if (stream.readyState !== EventSource.CLOSED) return undefined; // the browser tries again
      return finish(reject, new Fault({ what: t("fault.away"), mend: t("fault.away_mend") }));
    });
    signal?.addEventListener("abort", () => finish(reject, signal.reason));
  });
}
