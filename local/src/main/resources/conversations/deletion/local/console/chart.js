// Conversations over time: how many began when, and which of them no job can delete now. As a picture, and as a table for
// whoever can't see it or wants the numbers.

import { disclosure, get, h, number, plural, time } from "./dom.js";

const HEIGHT = 220;
const TOP = 8;
const BOTTOM = 26;
const RIGHT = 4;
const WIDEST_BAR = 56;

/** Something that is there can be seen, however much there is of everything else. */
const LEAST_BAR = 2;

/** From the axis upwards. What stands on the axis is seen first. */
const KINDS = {
  failing: "no job can delete it as it is",
  held: "held: a job waits until a window after the release",
  open: "open: a job waits until it is idle",
  ready: "a job can delete it",
};

let patterns = 0;

const svg = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

/** Stripes, so that nobody has to tell colours apart. A picture that isn't shown lends its stripes to no other. */
const stripes = (kind, id) => {
  const across = kind === "failing" ? [svg("rect", { width: 8, height: 2, class: "stripe" })] : [];
  return svg(
    "pattern",
    { id, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${kind === "held" ? 90 : 45})` },
    svg("rect", { width: 8, height: 8, class: kind }),
    svg("rect", { width: 2, height: 8, class: "stripe" }),
    ...across,
  );
};

/** The definitions that a picture needs, and how to fill a shape with a kind. */
const fills = () => {
  patterns += 1;
  const id = (kind) => `${kind}-${patterns}`;
  const striped = ["failing", "held", "open"];
  return {
    definitions: svg("defs", {}, ...striped.map((kind) => stripes(kind, id(kind)))),
    of: (kind) => (striped.includes(kind) ? { fill: `url(#${id(kind)})` } : { class: kind }),
  };
};

const swatch = (kind) => {
  const fill = fills();
  return svg("svg", { width: 16, height: 16, "aria-hidden": "true" }, fill.definitions, svg("rect", { width: 16, height: 16, ...fill.of(kind) }));
};

const all = (span) => Object.keys(KINDS).reduce((sum, kind) => sum + span[kind], 0);

/** Whole numbers from 0 up to at least the most, a few of them. */
const ticks = (most) => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most / 4)));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one * 4 >= most) ?? most;
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, i) => i * step);
};

const moment = (iso, spanSeconds) => (spanSeconds < 86400 ? iso.slice(0, 16).replace("T", " ") : iso.slice(0, 10));

const inWords = (span) => [plural(all(span), "conversation"), span.open ? `${number(span.open)} open` : "", span.held ? `${number(span.held)} held` : "", span.failing ? `${number(span.failing)} failing` : ""].filter(Boolean).join(", ");

const bar = (span, chart, place, fill) => {
  const group = svg("g", {}, svg("title", {}, `from ${moment(span.from, chart.spanSeconds)} UTC: ${inWords(span)}`));
  let foot = HEIGHT - BOTTOM;
  for (const kind of Object.keys(KINDS)) {
    if (span[kind] > 0) {
      const height = Math.max(LEAST_BAR, span[kind] * place.scale);
      foot -= height;
      group.append(svg("rect", { x: place.x, y: foot, width: place.width, height, ...fill.of(kind) }));
    }
  }
  return group;
};

const picture = (chart, width) => {
  const { spans, spanSeconds } = chart;
  const marks = ticks(Math.max(...spans.map(all)));
  const left = 14 + 8 * number(marks.at(-1)).length;
  const foot = HEIGHT - BOTTOM;
  const scale = (foot - TOP) / marks.at(-1);
  const slot = (width - left - RIGHT) / spans.length;
  const barWidth = Math.max(1, Math.min(slot * 0.8, WIDEST_BAR));
  const fill = fills();
  const sum = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, spans.reduce((count, span) => count + span[kind], 0)]));
  const element = svg("svg", {
    width,
    height: HEIGHT,
    role: "img",
    "aria-label": `When conversations began: ${inWords(sum)}, from ${moment(spans[0].from, spanSeconds)} to ${moment(spans.at(-1).from, spanSeconds)} UTC. A table with the numbers follows.`,
  });
  element.append(fill.definitions);
  for (const mark of marks) {
    const y = foot - mark * scale;
    element.append(svg("line", { x1: left, x2: width - RIGHT, y1: y, y2: y, class: "grid" }), svg("text", { x: left - 6, y: y + 4, "text-anchor": "end" }, number(mark)));
  }
  spans.forEach((span, i) => {
    const x = left + i * slot + (slot - barWidth) / 2;
    element.append(bar(span, chart, { x, width: barWidth, scale }, fill));
  });
  const label = (at, x, anchor) => svg("text", { x, y: HEIGHT - 8, "text-anchor": anchor }, moment(spans[at].from, spanSeconds));
  element.append(label(0, left, "start"));
  if (spans.length > 1) {
    element.append(label(spans.length - 1, width - RIGHT, "end"));
  }
  return element;
};

const length = (seconds) => {
  const [size, noun] = seconds >= 86400 ? [86400, "day"] : seconds >= 3600 ? [3600, "hour"] : [60, "minute"];
  return plural(seconds / size, noun);
};

const table = ({ spans, spanSeconds }) =>
  h(
    "table",
    {},
    h("caption", {}, `Conversations by when they began, in spans of ${length(spanSeconds)}; those in which none began are left out`),
    h("thead", {}, h("tr", {}, ["From", "Conversations", "Open", "Held", "Failing", "Records"].map((name) => h("th", { scope: "col" }, name)))),
    h(
      "tbody",
      {},
      spans
        .filter(all)
        .map((span) => h("tr", {}, h("th", { scope: "row" }, time(span.from)), [all(span), span.open, span.held, span.failing, span.records].map((count) => h("td", {}, number(count))))),
    ),
  );

const legend = ({ spans }) =>
  h(
    "ul",
    { className: "legend" },
    Object.entries(KINDS)
      .filter(([kind]) => spans.some((span) => span[kind] > 0))
      .map(([kind, words]) => h("li", {}, swatch(kind), h("span", {}, words))),
  );

/** A place for the chart of a preview. The chart is asked for anew only if the preview has changed, and drawn to fit. */
export const chartIn = (place) => {
  const canvas = h("div", { className: "canvas" });
  let seen = null;
  let chart = null;
  let drawn = 0;

  const draw = () => {
    const width = Math.floor(canvas.clientWidth);
    if (chart?.spans.length && width > 0 && width !== drawn) {
      drawn = width;
      canvas.replaceChildren(picture(chart, width));
    }
  };
  new ResizeObserver(draw).observe(canvas);

  const clear = () => {
    seen = null;
    chart = null;
    place.replaceChildren();
  };

  const show = () => {
    const opened = place.querySelector("details")?.open ?? false;
    drawn = 0;
    canvas.replaceChildren();
    const undated = chart.undated ? h("p", { className: "note" }, `${plural(chart.undated, "conversation")} more, of which nobody knows when it began.`) : "";
    if (chart.spans.length) {
      const numbers = disclosure({ open: opened }, h("summary", {}, "The numbers as a table"), () => [table(chart)]);
      place.replaceChildren(canvas, legend(chart), undated, numbers);
      numbers.fill();
    } else {
      place.replaceChildren(undated);
    }
    draw();
  };

  return {
    clear,
    async of(botId, previewId, version) {
      const wanted = JSON.stringify([botId, previewId, version]);
      if (wanted === seen) {
        return;
      }
      seen = wanted;
      try {
        const answer = await get("preview-chart", { botId, previewId });
        if (seen === wanted) {
          chart = answer;
          show();
        }
      } catch (failure) {
        seen = null;
        throw failure;
      }
    },
  };
};
