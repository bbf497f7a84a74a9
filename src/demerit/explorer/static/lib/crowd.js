// Crowd: the people of a run as bytes by month, and where each stands when they are sorted by tier.
//
// Nobody moves but who changes tier: who leaves frees a seat, who comes takes the first. When the
// scheme has ended all stand in one block, in the order of their ids, as they do without it.

export const NO_FILE = 255;

/** Bytes from base64. */
export const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** What the server sends of a society, decoded, with the seats. */
export function crowdOf(found) {
  const { people, months } = found;
  const crowd = {
    ...found,
    people,
    months,
    tier: bytes(found.with.tier),
    state: { with: bytes(found.with.state), without: bytes(found.without.state) },
  };
  return { ...crowd, ...seat(crowd) };
}

/** The id of the i-th person, and back (-1 for one who is not among them). */
export function idOf(crowd, i) {
  for (let k = 0; k < crowd.first.length; k++) {
    if (i < crowd.count[k]) return crowd.first[k] + i;
    i -= crowd.count[k];
  }
  return -1;
}

export function indexOf(crowd, id) {
  for (let k = 0, before = 0; k < crowd.first.length; before += crowd.count[k], k++) {
    const i = id - crowd.first[k];
    if (i >= 0 && i < crowd.count[k]) return before + i;
  }
  return -1;
}

/**
 * Where each stands in a month: {group, seats, room, groups}; group `groups` is the one block of
 * all, in a month in which the scheme does not stand and nobody is sorted.
 */
export function seat({ people, months, tiers, tier, in_force }) {
  const groups = tiers.length + 1; // the last: no file
  const group = new Uint8Array(months * people),
    seats = new Uint16Array(months * people);
  const free = Array.from({ length: groups }, () => []),
    room = new Array(groups).fill(0);
  const mine = new Uint8Array(people).fill(groups), // what each holds, though it be not shown
    held = new Uint16Array(people),
    all = Uint16Array.from({ length: people }, (_, i) => i);
  for (let m = 0; m < months; m++) {
    const at = m * people,
      moved = [];
    if (!in_force[m]) {
      group.fill(groups, at, at + people);
      seats.set(all, at);
      continue;
    }
    for (let i = 0; i < people; i++) {
      const now = tier[at + i] === NO_FILE ? groups - 1 : tier[at + i];
      if (mine[i] === now) continue;
      if (mine[i] < groups) insert(free[mine[i]], held[i]);
      mine[i] = now;
      moved.push(i);
    }
    for (const i of moved) held[i] = free[mine[i]].length ? free[mine[i]].shift() : room[mine[i]]++;
    group.set(mine, at);
    seats.set(held, at);
  }
  // The heading of the first block is that of the one block: it has room whoever stood in it.
  if (in_force.includes(0)) room[0] = Math.max(room[0], in_force.includes(1) ? 1 : people);
  return { group, seats, room, groups };
}

/** Put a seat into a row of free ones, in order. */
function insert(row, seat) {
  let k = row.length;
  while (k > 0 && row[k - 1] > seat) k--;
  row.splice(k, 0, seat);
}

/** How many people of a month have a bit, in a world. */
export function countOf(crowd, world, month, bit) {
  const state = crowd.state[world];
  let found = 0;
  for (let i = month * crowd.people; i < (month + 1) * crowd.people; i++)
    if (state[i] & bit) found++;
  return found;
}

/** How many people of a month are in each tier, and last without a file. */
export function tiersOf(crowd, month) {
  const counts = new Array(crowd.groups).fill(0);
  for (let i = month * crowd.people; i < (month + 1) * crowd.people; i++) {
    counts[crowd.tier[i] === NO_FILE ? crowd.groups - 1 : crowd.tier[i]]++;
  }
  return counts;
}
