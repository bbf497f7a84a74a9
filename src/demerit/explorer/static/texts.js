// Texts: every sentence of the page comes from one file for each language (texts.en.js is the first).
//
// A translator copies texts.en.js to texts.XX.js, adds a row to LANGUAGES, and translates the right
// side of each line. What a file lacks is said in English.

import english from "./texts.en.js";

export const LANGUAGES = [{ code: "en", name: "English" }];

let chosen = english;
export let language = "en";

/** Take the texts of a language; English where there is no such file. */
export async function speak(code) {
  if (!LANGUAGES.some((one) => one.code === code)) code = "en";
  chosen = code === "en" ? english : (await import(`./texts.${code}.js`)).default;
  language = code;
  document.documentElement.lang = code;
}

/**
 * The text of a key such as "guess.title", with {names} filled in.
 * A key that no file has is a fault of the program, and is thrown.
 */
export function t(key, values = {}) {
  const found = find(chosen, key) ?? find(english, key);
  if (found === undefined) throw new Error(`texts.en.js has no ${key}`);
  if (typeof found !== "string") return found;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** Like `t`, but with a word to fall back on: for keys that come from the server. */
export function word(key, otherwise) {
  return find(chosen, key) ?? find(english, key) ?? otherwise;
}

function find(texts, key) {
  return key.split(".").reduce((part, name) => part?.[name], texts);
}
