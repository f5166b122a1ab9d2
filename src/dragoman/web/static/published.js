// Search in a published desk: loads the words that begin as those asked for, and the records of what has all of them.
"use strict";

const SHOWN = 60;
const shards = new Map();
const records = new Map();
let known = null;

globalThis.dragomanIndex = (given) => { known = given; };
globalThis.dragomanWords = (beginning, words) => shards.set(beginning, words);
globalThis.dragomanRecords = (chunk, given) => records.set(chunk, given);

function loaded(name) {
  return new Promise((done) => {
    const script = document.createElement("script");
    script.src = `search/${name}.js`;
    script.onload = script.onerror = done;
    document.head.append(script);
  });
}

function wordsOf(text) {
  return [...new Set(text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[a-z0-9]{2,}/g) ?? [])];
}

async function counts(word) {
  const beginning = word.slice(0, 2);
  if (!known.words.match(/../g)?.includes(beginning)) return new Map();
  if (!shards.has(beginning)) await loaded(`w-${beginning}`);
  const words = shards.get(beginning) ?? {};
  const flat = Object.hasOwn(words, word) ? words[word] : [];
  return new Map(flat.flatMap((number, place) => (place % 2 ? [] : [[number, flat[place + 1]]])));
}

async function record(number) {
  const chunk = Math.floor(number / known.chunk);
  if (!records.has(chunk)) await loaded(`r-${chunk}`);
  return records.get(chunk)[number % known.chunk];
}

async function found(words) {
  const held = await Promise.all(words.map(counts));
  const score = (number) => held.reduce((sum, each) => sum + Math.log(1 + each.get(number)) * Math.log(1 + known.records / each.size), 0);
  const all = [...held[0].keys()].filter((number) => held.every((each) => each.has(number)));
  return all.map((number) => [score(number), number]).sort((one, other) => other[0] - one[0] || one[1] - other[1]).map(([, number]) => number);
}

function row([path, title, kind, day, snippet]) {
  const item = document.createElement("li");
  item.className = "item";
  const date = Object.assign(document.createElement("span"), { className: "date", textContent: day });
  const body = document.createElement("div");
  const link = Object.assign(document.createElement("a"), { className: "what", href: path, textContent: title });
  const below = Object.assign(document.createElement("span"), { className: "below", dir: "auto", textContent: `${kind}. ${snippet}` });
  body.append(link, below);
  item.append(date, body);
  return item;
}

async function search() {
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  document.getElementById("find").value = asked;
  const words = wordsOf(asked);
  const said = document.getElementById("said");
  if (!words.length) { said.textContent = "Write words above; what holds all of them is listed."; return; }
  await loaded("index");
  const numbers = await found(words);
  said.textContent = numbers.length ? `${numbers.length} found${numbers.length > SHOWN ? `, the best ${SHOWN}` : ""}.` : "Nothing holds all of these words.";
  const rows = await Promise.all(numbers.slice(0, SHOWN).map(record));
  document.getElementById("found").append(...rows.map(row));
}

search();
