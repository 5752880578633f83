import { by, bytes, percentile, perSecond, rate, short, time, total } from "./measures.js";
import { create, draw, swatch } from "./plot.js";

const everyMilliseconds = 2000;

// Five minutes; at first one, so that there is something to see.
const slots = 150;
const fewestSlots = 30;

const quick = name => (before, now) => ({ p50: percentile(before, now, name, .5), p99: percentile(before, now, name, .99) });

// What is shown: a title, its lines by name from two answers, how numbers are told, and which of them is told large.
const cards = [
  { title: "Connections", lines: (_, now) => by(now, "parley.connections", "protocol"), format: short, large: sum },
  { title: "Users", lines: (_, now) => ({ users: total(now, "parley.users") }), format: short },
  { title: "Rooms", lines: (_, now) => ({ rooms: total(now, "parley.rooms") }), format: short },
  { title: "Messages in", lines: (before, now) => ({ messages: rate(before, now, "parley.messages.received") }), format: perSecond },
  { title: "Messages out", lines: (before, now) => ({ messages: rate(before, now, "parley.messages.sent") }), format: perSecond },
  { title: "Waiting for readers", lines: (_, now) => ({ bytes: total(now, "parley.outbox.waiting") }), format: bytes },
  { title: "Latency, accepted to written", lines: quick("parley.message.latency"), format: time, large: values => values.p99 },
  { title: "History, time of a batch", lines: quick("parley.history.batch.duration"), format: time, large: values => values.p99 },
  { title: "Errors", lines: (before, now) => ({ errors: rate(before, now, "parley.errors") }), format: perSecond, detail: now => by(now, "parley.errors", "kind") },
];

function sum(values) {
  return Object.values(values).reduce((all, one) => all + one, 0);
}

function text(name, content, className = "") {
  const made = document.createElement(name);
  made.textContent = content;
  made.className = className;
  return made;
}

for (const card of cards) {
  const section = document.createElement("section");
  card.value = text("p", "–", "value");
  card.svg = create();
  card.top = text("p", "", "top");
  card.list = document.createElement("dl");
  card.history = new Map();
  section.append(text("h2", card.title), card.value, card.top, card.svg, card.list);
  document.getElementById("cards").append(section);
}

function show(card, before, now) {
  const values = card.lines(before, now);
  card.count = Math.min((card.count ?? 0) + 1, slots);
  for (const name of Object.keys(values)) {
    if (!card.history.has(name)) {
      card.history.set(name, Array.from({ length: card.count - 1 }, () => null));
    }
  }
  for (const [name, line] of card.history) {
    line.push(values[name] ?? null);
    line.splice(0, line.length - slots);
  }
  // Of several lines, those at the bottom all the time would only hide each other.
  const lines = [...card.history]
    .map(([name, values], style) => ({ name, values, style }))
    .filter(line => card.history.size === 1 || line.values.some(value => value));
  const large = card.large ?? (all => Object.values(all)[0]);
  card.value.textContent = card.format(large(values));
  card.top.textContent = draw(card.svg, lines, Math.min(slots, Math.max(fewestSlots, card.count)), card.format, card.title);
  const rows = card.detail
    ? Object.entries(card.detail(now)).filter(([, count]) => count > 0).map(([name, count]) => [text("dt", name), text("dd", short(count))])
    : card.history.size > 1 ? lines.map(line => [swatch(line.style), text("dt", line.name), text("dd", card.format(line.values.at(-1)))]) : [];
  card.list.replaceChildren(...rows.map(cells => {
    const row = document.createElement("div");
    row.append(...cells);
    return row;
  }));
}

function showNodes(nodes) {
  const table = document.getElementById("nodes");
  table.hidden = nodes.length === 0;
  table.tBodies[0].replaceChildren(...nodes.map(node => {
    const row = document.createElement("tr");
    const name = text("th", node.name);
    name.scope = "row";
    name.append(...[node.isHome && "home", node.isSelf && "this one"].filter(Boolean).map(mark => text("span", mark, "mark")));
    const state = text("td", node.state);
    state.dataset.state = node.state;
    row.append(name, state, text("td", short(node.sessions)), text("td", `${(node.heartbeatMilliseconds / 1000).toFixed(1)} s ago`), text("td", node.version));
    return row;
  }));
}

function tell(state, words) {
  const health = document.getElementById("health");
  if (health.textContent !== words) {
    health.textContent = words;
    health.dataset.state = state;
  }
}

let last = null;

async function ask() {
  try {
    const response = await fetch(new URL("./data", import.meta.url), { cache: "no-store", signal: AbortSignal.timeout(5000) });
    if (!response.ok) {
      tell("bad", await response.text());
      return;
    }
    const now = await response.json();
    tell(now.ready ? "good" : "bad", now.health);
    document.getElementById("about").textContent = `version ${now.version}, up ${upTime(now.upSeconds)}`;
    showNodes(now.nodes);
    for (const card of cards) {
      show(card, last, now);
    }
    last = now;
  } catch {
    last = null;
    tell("bad", "The server does not answer; asking again");
  }
}

function upTime(seconds) {
  const parts = [[86400, "d"], [3600, "h"], [60, "min"]].find(([size]) => seconds >= size) ?? [1, "s"];
  return `${Math.floor(seconds / parts[0])} ${parts[1]}`;
}

async function run() {
  while (true) {
    if (!document.hidden) {
      await ask();
    }
    await new Promise(resolve => setTimeout(resolve, everyMilliseconds));
  }
}

run();
