(async () => {
"use strict";
const $ = id => document.getElementById(id);
const base = JSON.parse($("state").textContent);
const standard = {view: base.view, lang: base.lang, domain: "", evidence: "", size: base.measure, focus: "", ceilings: "1", fold: ""};
const state = {...standard};
const value = cell => cell.className === "n" ? Number(cell.textContent.replaceAll(",", "")) : cell.textContent === "–" ? null : cell.textContent;
const first = {svg: $("picture").innerHTML, table: [...$("table").rows].map(row => [...row.cells].map(value))};
let packed, scene, words, svg;

async function unpack(text) {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=>?@^_`{|}~";
  const value = Object.fromEntries([...digits].map((c, i) => [c, i]));
  const missing = (5 - text.length % 5) % 5;
  const bytes = [];
  for (let i = 0; i < text.length; i += 5) {
    let word = 0;
    for (let j = 0; j < 5; j++) word = word * 85 + (i + j < text.length ? value[text[i + j]] : 84);
    bytes.push(word >>> 24 & 255, word >>> 16 & 255, word >>> 8 & 255, word & 255);
  }
  const stream = new Blob([Uint8Array.from(missing ? bytes.slice(0, -missing) : bytes)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}
function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}
function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(state)) state[name] = given.has(name) ? given.get(name) : standard[name];
  if (!packed.title[state.view]) state.view = base.view;
  if (!base.fonts[state.lang]) state.lang = base.lang;
  const offered = {domain: [], evidence: [], ...base.filters, size: base.measures};
  for (const [name, options] of Object.entries(offered)) if (!options.some(o => o.key === state[name])) state[name] = standard[name];
}
function writeAddress() {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value !== standard[name]) said.set(name, value);
  history.replaceState(null, "", said.size ? "#" + said : location.pathname + location.search);
}
function set(changes) {
  if (changes.view && changes.view !== state.view) Object.assign(state, {focus: packed.marks[changes.view].some(m => m[0] === state.focus) ? state.focus : "", fold: ""});
  Object.assign(state, changes); writeAddress(); show();
}
function show() {
  const place = state.lang === "ja" ? 1 : 0, view = part => packed[part][state.view];
  scene = {svg: view("svg").filter((_, i) => i % 2 === place).join("\n").trim() || first.svg, place};
  for (const part of ["title", "lines", "says"]) scene[part] = view(part)[place];
  for (const part of ["marks", "keys", "rows", "whys", "groups", "behinds", "figures", "shapes", "narrowed", "given"]) scene[part] = view(part);
  scene.table = view("table")[place] || first.table;
  scene.first = view("first");
  words = base.words[state.lang];
  document.documentElement.lang = state.lang;
  document.title = $("title").textContent = scene.title;
  $("picture").innerHTML = scene.svg;
  svg = $("picture").querySelector("svg");
  enliven();
  $("skip").textContent = words.skip;
  $("data-head").textContent = words.data;
  narrow(); measure(); fold(); bar(); table(); focus();
}
