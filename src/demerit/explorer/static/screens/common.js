// Common: what several screens end or begin with: which run, where to go on, what to share.

import { html, useState } from "../vendor/standalone.module.js";
import { link } from "../lib/address.js";
import { get } from "../lib/server.js";
import { useFetched } from "../lib/run.js";
import { number } from "../lib/numbers.js";
import { t } from "../texts.js";

export const ORDER = ["guess", "society", "life", "rules", "compare", "live"];

/** Which run this is, in a line, and a choice of another scheme. */
export function Setting({ run, address }) {
  const catalogue = useFetched("catalogue", () => get("/api/catalogue", { keep: true }));
  const head = run.head;
  const choose = (event) => {
    location.hash = link(address.screen, {
      ...clean(address),
      run: null,
      scheme: event.currentTarget.value,
      society: null,
      shown: null,
    });
  };
  const runs =
    catalogue.found?.schemes.filter((scheme) => scheme.runs && scheme.key !== "none") ?? [];
  return html`<section class="setting small" aria-label=${t("setting.title")}>
    <label class="row"><span>${t("setting.scheme")}</span>
      <select onChange=${choose} value=${head?.scheme ?? address.scheme ?? ""}>
        ${head && !runs.some((s) => s.key === head.scheme) && html`<option value=${head.scheme}>
          ${head.title}</option>`}
        ${runs.map((s) => html`<option value=${s.key} selected=${s.key === (head?.scheme ?? address.scheme)}>
          ${s.title}${s.sketch ? t("setting.sketch") : ""}</option>`)}
      </select></label>
    ${
      head &&
      html`<p class="quiet">${t("setting.run", {
        people: number(head.people),
        months: head.months,
        society: head.society_title,
        seed: head.seed,
        assumed: number(100 * head.numbers.assumed_share),
        total: number(head.numbers.total),
      })}${head.place ? ` ${t("setting.place", { place: head.place })}` : ""}${
        head.repeal?.month !== null && head.repeal?.month !== undefined
          ? ` ${t("setting.repeal", { month: head.repeal.month + 1 })}`
          : ""
      }</p>`
    }
  </section>`;
}

/** An address without the levers: another scheme has others. */
const clean = (address) =>
  Object.fromEntries(Object.entries(address).map(([n, v]) => [n, n.startsWith("x.") ? null : v]));

/** The way on to the next screen. */
export const Onward = ({ to, parts = {} }) =>
  html`<p class="onward"><a class="button main" href=${link(to, parts)}>
    ${t(`onward.${to}`)} →</a></p>`;

/** The address of this page, to be copied. */
export function Share({ text }) {
  const [copied, setCopied] = useState(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${text ? `${text}\n` : ""}${location.href}`);
      setCopied("yes");
    } catch {
      setCopied("no");
    }
  };
  return html`<div class="share">
    ${text && html`<p>${text}</p>`}
    <div class="row"><input type="text" readonly value=${location.href}
      aria-label=${t("share.address")} onFocus=${(e) => e.currentTarget.select()} />
      <button onClick=${copy}>${t("share.copy")}</button></div>
    <p class="small on-paper">${location.href}</p>
    <p class="small quiet" role="status">${copied === "yes" ? t("share.copied") : copied === "no"
      ? t("share.by_hand") : t("share.note")}</p>
  </div>`;
}
