// The address: every state of the page is in the part after #, so that it can be copied.
//
// #guess?scheme=suining&guess=40&shown=1

import { useEffect, useState } from "../vendor/standalone.module.js";

/** {screen, name: value, ...} of the address. */
export function read(hash = location.hash) {
  const [screen, query = ""] = hash.replace(/^#\/?/, "").split("?");
  return { ...Object.fromEntries(new URLSearchParams(query)), screen };
}

/** The part after # for a state; what is empty is left out. */
export function write({ screen, ...rest }) {
  const kept = Object.entries(rest).filter(([, v]) => v !== undefined && v !== null && v !== "");
  const query = new URLSearchParams(kept.map(([k, v]) => [k, String(v)])).toString();
  return `#${screen}${query ? `?${query}` : ""}`;
}

/** Change parts of the address. A new screen is a step that "back" undoes; a slider is not. */
export function change(parts, { step = false } = {}) {
  const next = write({ ...read(), ...parts });
  if (next === location.hash) return;
  history[step ? "pushState" : "replaceState"](null, "", next);
  dispatchEvent(new Event("addresschange"));
}

/** The address of another screen, with what all screens share. */
export function link(screen, parts = {}) {
  const shared = Object.entries(read()).filter(([name]) => isShared(name));
  return write({ ...Object.fromEntries(shared), screen, ...parts });
}

const SHARED = "run scheme society people months seed quick without lang".split(" ");
const isShared = (name) => SHARED.includes(name) || name.startsWith("x.");

/** The address as state of a component. */
export function useAddress() {
  const [address, setAddress] = useState(read());
  useEffect(() => {
    const update = () => setAddress(read());
    for (const event of ["hashchange", "popstate", "addresschange"])
      addEventListener(event, update);
    return () => {
      for (const event of ["hashchange", "popstate", "addresschange"])
        removeEventListener(event, update);
    };
  }, []);
  return address;
}
