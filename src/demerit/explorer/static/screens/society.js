// Society: the people of a run as dots, with the scheme and without, month by month.

import { html, useEffect, useMemo, useRef, useState } from "../vendor/standalone.module.js";
import { change, link } from "../lib/address.js";
import { countOf, crowdOf, idOf, indexOf, tiersOf } from "../lib/crowd.js";
import { Fault, isStill, notYet, useWidth } from "../lib/parts.js";
import { part, useFetched, useRun } from "../lib/run.js";
import { number } from "../lib/numbers.js";
import { t } from "../texts.js";
import { Figure } from "../charts/figure.js";
import { Months } from "../charts/months.js";
import { MARKS } from "../charts/marks.js";
import { lookOf, LOOKS } from "../charts/look.js";
import { Swarm } from "../charts/swarm.js";
import { Onward, Setting, Share } from "./common.js";

const PEOPLE = 3000,
  PACE = 800; // ms a month while it plays

export function Society({ address, tellStatement }) {
  const run = useRun(address);
  const sent = useFetched(run.run && `society ${run.run}`, () =>
    part(run.run, `society?people=${Math.min(PEOPLE, run.head?.people ?? PEOPLE)}`),
  );
  const crowd = useMemo(() => sent.found && crowdOf(sent.found), [sent.found]);
  useEffect(() => tellStatement(run.head?.statement), [run.head]);
  const waiting =
    notYet(run) ??
    (sent.fault
      ? html`<${Fault} fault=${sent.fault} />`
      : !crowd
        ? html`<p class="waiting" role="status">${t("society.living")}</p>`
        : null);
  return html`
    <h1>${t("society.title")}</h1>
    <p class="lead">${t("society.lead")}</p>
    ${waiting ?? html`<${Crowd} crowd=${crowd} address=${address} head=${run.head} />`}
    <${Setting} run=${run} address=${address} />
    <${Share} />
    <${Onward} to="life" />`;
}

function Crowd({ crowd, address, head }) {
  const last = crowd.months - 1;
  const month = Math.min(last, Math.max(0, Number(address.month ?? last) || 0));
  const by = LOOKS.includes(address.by) ? address.by : "tier";
  const picked = address.person === undefined ? -1 : indexOf(crowd, Number(address.person));
  const [playing, setPlaying] = useState(false);
  const [theme, setTheme] = useState(0);
  useEffect(() => {
    const again = () => setTheme((n) => n + 1),
      system = matchMedia("(prefers-color-scheme: dark)");
    addEventListener("themechange", again);
    system.addEventListener("change", again);
    return () => (
      removeEventListener("themechange", again),
      system.removeEventListener("change", again)
    );
  }, []);
  useEffect(() => {
    if (!playing) return undefined;
    if (month >= last) return setPlaying(false);
    const timer = setTimeout(() => change({ month: month + 1 }), PACE);
    return () => clearTimeout(timer);
  }, [playing, month]);
  const play = () => {
    if (!playing && month >= last) change({ month: 0 });
    setPlaying(!playing);
  };
  const look = useMemo(() => lookOf(crowd, by), [crowd, by, theme]);
  const panels = { with: useRef(), without: useRef() };
  useEffect(() => {
    // On paper the colours of paper: a canvas keeps those in which it was drawn, and a printer does
    // not wait for the page to be rendered anew.
    const paper = matchMedia("print");
    const draw = () => {
      setTheme((n) => n + 1);
      for (const { current } of Object.values(panels))
        current?.show(month, lookOf(crowd, by), { still: true, picked });
    };
    paper.addEventListener("change", draw);
    return () => paper.removeEventListener("change", draw);
  }, [crowd, month, by, picked]);
  return html`
    <div class="controls panel-bar">
      <fieldset><legend>${t("society.colour")}</legend><div class="choices">
        ${LOOKS.map(
          (
            name,
          ) => html`<label><input type="radio" name="by" checked=${name === by}
            onChange=${() => change({ by: name })} />
          <${Key} look=${name} />${t(`society.looks.${name}`)}</label>`,
        )}
      </div></fieldset>
      <div class="time">
        <button class="main play" onClick=${play} aria-pressed=${playing}>${t(playing
          ? "society.pause" : "society.play")}</button>
        <label class="grow"><span>${t("society.month", { month: month + 1, months: crowd.months })}
          </span>
          <input type="range" min="0" max=${last} value=${month}
            aria-valuetext=${t("society.month", { month: month + 1, months: crowd.months })}
            onInput=${(e) => (setPlaying(false), change({ month: Number(e.currentTarget.value) }))} />
              </label>
      </div>
    </div>
    <${Dots} ...${{ crowd, month, by, look, picked, head, panels, playing }} />
    <${Picked} ...${{ crowd, month, by, picked }} />
    <${Counts} ...${{ crowd, month, by, head }} />`;
}

const Key = ({ look }) =>
  html`<svg width="14" height="14" viewBox="-1.2 -1.2 2.4 2.4" aria-hidden="true"><path
    class=${`look-${look}`} d=${MARKS[look === "tier" ? "disc" : "diamond"]} /></svg>`;

/** Both panels, and what they say this month. */
function Dots({ crowd, month, by, look, picked, head, panels, playing }) {
  const said = sentenceOf(crowd, month, by);
  const columns = [
    t("society.columns.month"),
    ...names(crowd),
    ...LOOKS.filter((n) => n !== "tier").flatMap((n) => [
      `${t(`society.looks.${n}`)} ${t("society.columns.with")}`,
      `${t(`society.looks.${n}`)} ${t("society.columns.without")}`,
    ]),
  ];
  const rows = useMemo(
    () =>
      Array.from({ length: crowd.months }, (_, m) => [
        m + 1,
        ...tiersOf(crowd, m),
        ...LOOKS.filter((n) => n !== "tier").flatMap((n) =>
          ["with", "without"].map((w) => countOf(crowd, w, m, crowd.state_bits[n])),
        ),
      ]),
    [crowd],
  );
  const svg = () => {
    const [a, b] = ["without", "with"].map((w) =>
      panels[w].current.svg(headings(crowd, w, month, panels[w].current.lay)),
    );
    return {
      inner: `<g>${a.inner}</g><g transform="translate(${a.width + 30},0)">${b.inner}</g>`,
      width: a.width + b.width + 30,
      height: Math.max(a.height, b.height),
    };
  };
  return html`<${Figure} id="society" title=${t(`society.figure.${by}`)} under=${said}
    describe=${said} columns=${columns} rows=${rows} head=${head} svg=${svg}>
    <div class="panels">
      ${["without", "with"].map((world) => html`<${Panel} key=${world}
        ...${{ world, crowd, month, look, picked, panels, playing, said }} />`)}
    </div>
  <//>`;
}

function Panel({ world, crowd, month, look, picked, panels, playing, said }) {
  const box = useRef(),
    canvas = useRef(),
    width = useWidth(box, 240);
  const [lay, setLay] = useState(null);
  useEffect(() => {
    if (!width) return;
    const swarm = new Swarm(canvas.current, crowd, world);
    swarm.fit(width, Math.min(620, Math.max(360, width * 1.15)));
    swarm.month = month;
    panels[world].current = swarm;
    setLay(swarm.lay);
    swarm.show(month, look, { still: true, picked });
  }, [crowd, width]);
  useEffect(
    () =>
      panels[world].current?.show(month, look, { still: isStill() || (!playing && false), picked }),
    [month, look, picked, width],
  );
  const pick = (event) => {
    const i = panels[world].current.near(event.offsetX, event.offsetY);
    change({ person: i < 0 ? null : idOf(crowd, i) });
  };
  return html`<section class="panel" aria-label=${t(`society.world.${world}`)}>
    <h3 class=${world}>${t(`society.world.${world}`)}</h3>
    <div class="canvas-box" ref=${box}>
      <canvas ref=${canvas} role="img" aria-label=${`${t(`society.world.${world}`)}. ${said}`}
        onClick=${pick} />
      ${lay && headings(crowd, world, month, lay).map(({ y, text, low }) => html`<p
        class=${`block-head ${low ? "low" : ""}`} style=${{ top: `${y}px` }}>${text}</p>`)}
    </div>
  </section>`;
}

/** Headings of blocks: {y, text, low}. */
function headings(crowd, world, month, lay) {
  if (world === "without")
    return [{ y: 0, text: t("society.one_block", { people: number(crowd.people) }), low: false }];
  const counts = tiersOf(crowd, month);
  return lay.blocks
    .map((block, g) => ({ block, g }))
    .filter(({ block }) => !block.empty)
    .map(({ block, g }) => ({
      y: block.head,
      low: crowd.sanctioned_tiers[g] ?? false,
      text: !crowd.in_force[month]
        ? g === 0
          ? t("society.repealed")
          : ""
        : g === crowd.groups - 1
          ? t("society.no_file", { count: number(counts[g]) })
          : t(crowd.sanctioned_tiers[g] ? "society.tier_low" : "society.tier", {
              tier: crowd.tiers[g],
              count: number(counts[g]),
            }),
    }));
}

const names = (crowd) => [
  ...crowd.tiers.map((tier) => t("society.columns.tier", { tier })),
  t("society.columns.none"),
];

function sentenceOf(crowd, month, by) {
  const people = number(crowd.people);
  if (by === "tier") {
    const counts = tiersOf(crowd, month),
      low = counts.reduce((sum, n, g) => sum + (crowd.sanctioned_tiers[g] ? n : 0), 0);
    return t("society.says.tier", { people, month: month + 1, low: number(low) });
  }
  const bit = crowd.state_bits[by];
  const count = (world) => number(countOf(crowd, world, month, bit));
  return t(`society.says.${by}`, {
    people,
    month: month + 1,
    with: count("with"),
    without: count("without"),
  });
}

/** One person among them: who is marked, one after the other, and the way to their life. */
function Picked({ crowd, month, by, picked }) {
  const marked = useMemo(() => {
    const bit = by === "tier" ? crowd.state_bits.sanctioned : crowd.state_bits[by];
    return Array.from({ length: crowd.people }, (_, i) => i).filter(
      (i) => crowd.state.with[month * crowd.people + i] & bit,
    );
  }, [crowd, month, by]);
  const go = (way) => {
    const later = way > 0 ? marked.find((i) => i > picked) : marked.findLast((i) => i < picked);
    change({ person: idOf(crowd, later ?? (way > 0 ? marked[0] : marked.at(-1))) });
  };
  const state = (world) => {
    const bits = crowd.state[world][month * crowd.people + picked];
    const found = Object.entries(crowd.state_bits).filter(
      ([name, bit]) => bits & bit && name !== "sanctioned" && name !== "posted",
    );
    return found.length
      ? found.map(([name]) => t(`society.state.${name}`)).join(", ")
      : t("society.state.none");
  };
  return html`<section class="picked controls" aria-label=${t("society.one")}>
    <div class="row">
      <button disabled=${marked.length === 0} onClick=${() => go(-1)}>← ${t("society.before")}
        </button>
      <button disabled=${marked.length === 0} onClick=${() => go(1)}>
        ${t("society.after")} →</button>
      <span class="quiet small">${t(`society.marked.${by}`, { count: number(marked.length) })}
        </span>
    </div>
    <div role="status">${
      picked >= 0 &&
      html`<p>${t("society.person", { id: idOf(crowd, picked), with: state("with"), without: state("without") })}
      ${" "}<a href=${link("life", { person: idOf(crowd, picked) })}>${t("society.read")}</a></p>`
    }</div>
  </section>`;
}

/** The share of the chosen colour over all months, in both worlds. */
function Counts({ crowd, month, by, head }) {
  const box = useRef(),
    width = useWidth(box);
  const name = by === "tier" ? "sanctioned" : by,
    bit = crowd.state_bits[name];
  const series = useMemo(
    () =>
      ["with", "without"].map((world) => ({
        kind: world,
        name: t(`society.columns.${world}`),
        values: Array.from(
          { length: crowd.months },
          (_, m) => (100 * countOf(crowd, world, m, bit)) / crowd.people,
        ),
      })),
    [crowd, name],
  );
  const title = t(`society.line.${name}`);
  const rows = series[0].values.map((v, m) => [m + 1, v, series[1].values[m]]);
  return html`<div ref=${box}>${
    width > 0 &&
    html`<${Figure} id="months" title=${title}
      under=${t("society.line_under", { people: number(crowd.people) })}
        describe=${`${title} ${sentenceOf(crowd, month, by)}`}
    columns=${[t("society.columns.month"), t("society.columns.with"), t("society.columns.without")]}
      rows=${rows} head=${head}>
    <${Months} width=${width} series=${series} length=${crowd.months} unit="%"
      marks=${[{ month, name: "" }]} label=${`${title} ${sentenceOf(crowd, month, by)}`} />
  <//>`
  }</div>`;
}
