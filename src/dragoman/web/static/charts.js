// Turns the data of each figure into a declaration for Observable Plot. Pages read without it: every chart has its table.
"use strict";

const cut = (words, most) => (words.length > most ? `${words.slice(0, most - 1)}…` : words);
const CHART = { className: "plot", marginTop: 24 };
const parse = (text) => d3.utcParse("%Y-%m-%d")(text);
const at = (path) => path; // addresses in the data are those of the page's host

const declare = {
  timeline(data, width) {
    const moments = data.moments.map((m) => ({ ...m, from: parse(m.start), to: parse(m.end) }));
    const spans = moments.filter((m) => m.start !== m.end);
    return {
      ...CHART, width, height: 70 + 38 * data.lanes.length, marginLeft: width < 560 ? 96 : 128,
      x: { type: "utc", grid: true, label: null },
      y: { type: "point", domain: data.lanes, label: null },
      symbol: { legend: true, type: "ordinal" },
      marks: [
        Plot.ruleY(data.lanes, { strokeOpacity: 0.18 }),
        Plot.link(spans, { x1: "from", x2: "to", y1: "lane", y2: "lane", strokeWidth: 3, strokeOpacity: 0.35 }),
        Plot.dot(moments, {
          x: "from", y: "lane", symbol: "sort", r: 4.5, href: (m) => at(m.path),
          fill: (m) => (m.firm ? "currentColor" : "none"), stroke: "currentColor",
          title: "label", ariaLabel: "label",
        }),
      ],
    };
  },

  heat(data, width) {
    return {
      ...CHART, width, height: 60 + 22 * data.topics.length, marginLeft: width < 560 ? 110 : 150, marginBottom: 46,
      x: { type: "band", domain: data.months, label: null, tickRotate: -45, tickFormat: (m) => m },
      y: { type: "band", domain: data.topics, label: null },
      color: { type: "linear", scheme: "YlGnBu", domain: [0, 5], legend: true, label: "greatest strength of a verb, 0 to 5" },
      marks: [
        Plot.cell(data.cells, { x: "month", y: "topic", fill: "strength", inset: 0.5, href: (c) => at(c.path), title: "label", ariaLabel: "label" }),
        Plot.text(data.cells, { x: "month", y: "topic", text: (c) => String(c.points), fill: (c) => (c.strength >= 3 ? "white" : "black"), pointerEvents: "none" }),
      ],
    };
  },

  steps(data, width) {
    const parts = data.parts.map((p) => ({ ...p, from: parse(p.start), to: parse(p.end) }));
    const totals = data.totals.map((t) => ({ ...t, day: parse(t.day) }));
    return {
      ...CHART, width, height: 300, marginLeft: 44,
      x: { type: "utc", label: null },
      y: { label: "percent in force", grid: true, zero: true },
      fy: data.pairs.length > 1 ? { domain: data.pairs, label: null } : undefined,
      color: { legend: true, type: "ordinal", scheme: "Set2", label: "part" },
      marks: [
        Plot.rectY(parts, { x1: "from", x2: "to", y1: "low", y2: "high", fill: "name", fy: data.pairs.length > 1 ? "pair" : undefined, href: (p) => at(p.path), title: "label", ariaLabel: "label" }),
        Plot.line(totals, { x: "day", y: "total", z: "pair", fy: data.pairs.length > 1 ? "pair" : undefined, curve: "step-after", strokeWidth: 2 }),
        Plot.text(totals.filter((t) => t.arithmetic), { x: "day", y: "total", text: "arithmetic", fy: data.pairs.length > 1 ? "pair" : undefined, dy: -8, textAnchor: "start" }),
        Plot.ruleY([0]),
      ],
    };
  },

  calendar(data, width) {
    const due = data.due.map((d) => ({ ...d, date: parse(d.day) }));
    return {
      ...CHART, width, height: 60 + 34 * data.lanes.length, marginLeft: width < 560 ? 120 : 220,
      x: { type: "utc", grid: true, label: null },
      y: { type: "point", domain: data.lanes, label: null, tickFormat: (lane) => cut(lane, width < 560 ? 17 : 34) },
      marks: [
        Plot.ruleY(data.lanes, { strokeOpacity: 0.18 }),
        data.today ? Plot.ruleX([parse(data.today)], { strokeDasharray: "3,3" }) : null,
        Plot.dot(due, { x: "date", y: "lane", r: 5, href: (d) => at(d.path), title: "label", ariaLabel: "label", stroke: "currentColor", fill: (d) => (d.status === "met" ? "currentColor" : "none") }),
      ],
    };
  },

  tenures(data, width) {
    const held = data.held.map((t) => ({ ...t, from: parse(t.start), to: parse(t.end) }));
    const moments = data.moments.map((m) => ({ ...m, date: parse(m.day) }));
    return {
      ...CHART, width, height: 60 + 30 * data.lanes.length, marginLeft: width < 560 ? 130 : 240,
      x: { type: "utc", grid: true, label: null },
      y: { type: "point", domain: data.lanes, label: null, tickFormat: (lane) => (lane.length > 38 ? `${lane.slice(0, 37)}…` : lane) },
      marks: [
        Plot.link(held, { x1: "from", x2: "to", y1: "office", y2: "office", strokeWidth: 7, strokeOpacity: 0.4, strokeLinecap: "round", title: "label", ariaLabel: "label" }),
        Plot.dot(moments, { x: "date", y: "lane", r: 4, fill: "currentColor", href: (m) => at(m.path), title: "label", ariaLabel: "label" }),
      ],
    };
  },
};

function draw(figure) {
  const place = figure.querySelector(".drawn");
  const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const width = Math.max(320, Math.floor(place.clientWidth || figure.clientWidth));
  const drawn = Plot.plot(declare[figure.dataset.kind](data, width));
  drawn.querySelectorAll("g[aria-label]").forEach((part) => part.setAttribute("role", "group"));
  place.replaceChildren(drawn);
}

// ------------------------------------------------------------------ saving

function standalone(figure) {
  const shown = [...figure.querySelectorAll(".drawn svg")].reduce((one, other) => (one && one.clientHeight >= other.clientHeight ? one : other), null);
  const copy = shown.cloneNode(true);
  const style = getComputedStyle(figure);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("xmlns:xlink", "http://www.w3.org/1999/xlink");
  copy.setAttribute("color", style.color);
  copy.setAttribute("font-family", "sans-serif");
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  copy.querySelectorAll("a").forEach((link) => {
    const path = link.getAttribute("href") || link.getAttributeNS("http://www.w3.org/1999/xlink", "href");
    if (path) { link.setAttribute("href", new URL(path, location.href).href); }
  });
  return { text: new XMLSerializer().serializeToString(copy), width: shown.clientWidth, height: shown.clientHeight };
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function save(figure, form) {
  const name = `dragoman-${figure.dataset.kind}`;
  const { text, width, height } = standalone(figure);
  const svg = new Blob([text], { type: "image/svg+xml" });
  if (form === "svg") return offer(svg, `${name}.svg`);
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = width * 2;
    canvas.height = height * 2;
    const pen = canvas.getContext("2d");
    pen.scale(2, 2);
    pen.drawImage(image, 0, 0, width, height);
    canvas.toBlob((blob) => offer(blob, `${name}.png`), "image/png");
    URL.revokeObjectURL(image.src);
  };
  image.src = URL.createObjectURL(svg);
  return undefined;
}

document.querySelectorAll("figure.chart").forEach((figure) => {
  draw(figure);
  figure.querySelectorAll("[data-save]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => save(figure, button.dataset.save));
  });
});

let width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === width) return;
  width = innerWidth;
  document.querySelectorAll("figure.chart").forEach(draw);
});
