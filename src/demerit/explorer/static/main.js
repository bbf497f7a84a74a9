// Main: the frame of the page (statement, screens, switches), and which screen stands in it.

import { html, render, useErrorBoundary, useLayoutEffect, useRef, useState } from "./vendor/standalone.module.js";
import { change, link, useAddress } from "./lib/address.js";
import { useFetched } from "./lib/run.js";
import { get } from "./lib/server.js";
import { Fault } from "./lib/parts.js";
import { LANGUAGES, speak, t } from "./texts.js";
import { Guess } from "./screens/guess.js";
import { Society } from "./screens/society.js";
import { Life } from "./screens/life.js";
import { Rules } from "./screens/rules.js";
import { Compare } from "./screens/compare.js";
import { Live } from "./screens/live.js";

const SCREENS = { guess: Guess, society: Society, life: Life, rules: Rules, compare: Compare, live: Live };
const THEMES = ["auto", "light", "dark"];

function Page() {
  const address = useAddress();
  const about = useFetched("about", () => get("/api/about"));
  const screen = Object.hasOwn(SCREENS, address.screen) ? address.screen : "guess";
  const [statement, setStatement] = useState(null);
  const first = useRef(true);
  useLayoutEffect(() => {
    document.title = `${t(`${screen}.name`)} · demerit`;
    if (!first.current) {
      document.querySelector("main").focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = false;
  }, [screen]);
  return html`
    <button class="skip" onClick=${() => document.querySelector("main").focus()}>${t("frame.skip")}
      </button>
    <header><p class="statement">${statement ?? about.found?.statement ?? t("frame.statement")}</p>
    <div class="top">
      <a class="brand" href=${link("guess")}>demerit</a>
      <nav aria-label=${t("frame.screens")}><ol>
        ${Object.keys(SCREENS).map(
          (name) => html`<li><a href=${link(name)}
          aria-current=${name === screen ? "page" : undefined}>${t(`${name}.name`)}</a></li>`,
        )}
      </ol></nav>
      <div class="switches"><${Theme} /><${Language} address=${address} /></div>
    </div></header>
    <main tabindex="-1">
      ${about.fault && html`<${Fault} fault=${about.fault} again=${() => location.reload()} />`}
      ${about.found?.kernels === "failed" && html`<${Fault}
        fault=${new Error(t("fault.kernels"))} />`}
      <${Guarded} key=${screen}><${SCREENS[screen]} address=${{ ...address, screen }}
        tellStatement=${setStatement} /><//>
    </main>
    <footer class="foot"><p class="small">${t("frame.foot")}</p></footer>`;
}

/** A screen that fails is told as a fault, and the rest of the page stands. */
function Guarded({ children }) {
  const [fault, reset] = useErrorBoundary((why) => console.error(why));
  return fault
    ? html`<${Fault} fault=${new Error(t("fault.page", { why: fault.message }))} again=${reset} />`
    : children;
}

function Theme() {
  const [theme, setTheme] = useState(document.documentElement.dataset.theme ?? "auto");
  const choose = (event) => {
    const next = event.currentTarget.value;
    setTheme(next);
    if (next === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem("theme", next);
    } catch {
      // Kept for this page only.
    }
    dispatchEvent(new Event("themechange"));
  };
  return html`<label><span class="hidden">${t("frame.theme")}</span>
    <select value=${theme} onChange=${choose}>
      ${THEMES.map((name) => html`<option value=${name}>${t(`frame.themes.${name}`)}</option>`)}
    </select></label>`;
}

function Language({ address }) {
  if (LANGUAGES.length < 2) return null;
  return html`<label><span class="hidden">${t("frame.language")}</span>
    <select value=${address.lang ?? "en"}
      onChange=${(e) => change({ lang: e.currentTarget.value })}>
      ${LANGUAGES.map(({ code, name }) => html`<option value=${code}>${name}</option>`)}
    </select></label>`;
}

await speak(new URLSearchParams(location.hash.split("?")[1]).get("lang") ?? "en");
const page = document.getElementById("page");
page.replaceChildren();
render(html`<${Page} />`, page);
