// Question: what a run answers (scheme, changes, people, months, seed), from and to the address.
//
// address: scheme=suining  people=100000  x.redress.appeal=0.2  (x. begins a lever's id)

const CHANGE = "x.";

/** The body of POST /api/jobs for an address; what it leaves out is as usual. */
export function questionOf(address, usual) {
  const whole = (name) => (address[name] ? Number(address[name]) : usual[name]);
  return {
    scheme: address.scheme || usual.scheme,
    society: address.society || usual.society || null,
    people: whole("people"),
    months: whole("months"),
    seed: whole("seed"),
    quick: address.quick !== "0",
    without: address.without ? address.without.split(",") : (usual.without ?? []),
    changes: changesOf(address),
  };
}

/** The question that a run answers, by its head; see `whyFixed`. */
export function questionOfRun({ scheme, society, people, months, seed, without, asked }) {
  const own = asked ?? { scheme, society, people, months, seed, without: without ?? [] };
  return { ...questionOf({}, own), changes: asked?.changes ?? {} };
}

/** What a folder rests on that a question cannot say, if anything. */
export function whyFixed({ asked, command, set }) {
  if (asked) return asked.text ? "file" : null;
  if (/\/|\.toml$/.test(command.split(" --")[0])) return "file";
  return set.length > 0 ? "set" : null;
}

/** The levers that an address moves: {id: value}. */
export function changesOf(address) {
  const moved = Object.entries(address).filter(([name]) => name.startsWith(CHANGE));
  return Object.fromEntries(
    moved.map(([name, value]) => [name.slice(CHANGE.length), Number(value)]),
  );
}

/** Parts of the address for levers {id: value}; null takes one away. */
export function partsOf(changes) {
  return Object.fromEntries(Object.entries(changes).map(([id, value]) => [CHANGE + id, value]));
}

/** Parts of the address for a whole question, in the place of a run. */
export const addressOf = ({ scheme, society, people, months, seed, without, changes }) => ({
  run: null,
  ...{ scheme, society, people, months, seed },
  without: without.join(",") || null,
  ...partsOf(changes),
});

/** Does an address name what to run, rather than a folder? */
export const isAsked = (address) =>
  ["scheme", "society", "people", "months", "seed", "quick", "without"].some((n) => n in address) ||
  Object.keys(address).some((name) => name.startsWith(CHANGE));
