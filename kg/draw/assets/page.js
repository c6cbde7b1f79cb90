(async () => {
"use strict";
const $ = id => document.getElementById(id);
const base = JSON.parse($("state").textContent);
const bytes = Uint8Array.from(atob($("packed").textContent), c => c.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
const packed = JSON.parse(await new Response(stream).text());
const state = {view: base.view, lang: base.lang, focus: "", ceilings: "1"};
let scene, words, svg;

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}
function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(state)) if (given.has(name)) state[name] = given.get(name);
  if (!packed[state.view]) state.view = base.view;
  if (!packed[state.view][state.lang]) state.lang = base.lang;
}
function writeAddress() {
  const standard = {view: base.view, lang: base.lang, focus: "", ceilings: "1"};
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value !== standard[name]) said.set(name, value);
  history.replaceState(null, "", said.size ? "#" + said : location.pathname + location.search);
}
function set(changes) { Object.assign(state, changes); writeAddress(); show(); }

function show() {
  scene = packed[state.view][state.lang];
  words = base.words[state.lang];
  document.documentElement.lang = state.lang;
  document.title = scene.title;
  $("picture").innerHTML = scene.svg;
  svg = $("picture").querySelector("svg");
  $("skip").textContent = words.skip;
  $("data-head").textContent = words.data;
  bar(); table(); focus();
}
function choice(name, label, options) {
  const group = make("fieldset", {}, make("legend", {}, label));
  for (const [value, text] of options) {
    const pressed = String(state[name] === value);
    group.append(make("button", {type: "button", "data-set": name + "=" + value, "aria-pressed": pressed,
      onclick: () => { set({[name]: value}); again(name + "=" + value); }}, text));
  }
  return group;
}
function again(what) { const b = document.querySelector(`[data-set="${what}"]`); if (b) b.focus(); }
function bar() {
  const names = [...svg.querySelectorAll(".mark")].map(m => m.getAttribute("aria-label"));
  const list = make("datalist", {id: "names"}, ...names.map(n => make("option", {value: n})));
  const field = make("input", {id: "find", type: "search", list: "names", placeholder: words.focusHint, "aria-label": words.focus,
    onchange: event => find(event.target.value)});
  const saves = make("fieldset", {}, make("legend", {}, words.save));
  for (const kind of ["svg", "png", "csv"]) saves.append(make("button", {type: "button", id: "save-" + kind, onclick: () => save(kind)}, words[kind]));
  const parts = [];
  if (base.views.length > 1) parts.push(choice("view", words.view, base.views.map(v => [v.key, v.name[state.lang]])));
  parts.push(choice("lang", words.language, [["en", "English"], ["ja", "日本語"]]));
  if (svg.querySelector(".ceiling")) {
    const on = state.ceilings === "1";
    parts.push(make("button", {type: "button", "data-set": "ceilings", "aria-pressed": String(on),
      onclick: () => { set({ceilings: on ? "0" : "1"}); again("ceilings"); }}, words.ceilings));
  }
  parts.push(field, list, saves);
  if (state.focus) parts.push(make("button", {type: "button", id: "everything", onclick: () => set({focus: ""})}, words.all));
  $("bar").replaceChildren(...parts);
  $("bar").hidden = false;
}
function find(text) {
  const wanted = text.normalize("NFKC").toLowerCase();
  if (!wanted) return set({focus: ""});
  const marks = [...svg.querySelectorAll(".mark")];
  const said = mark => mark.getAttribute("aria-label").normalize("NFKC").toLowerCase();
  const found = marks.find(m => said(m) === wanted) || marks.find(m => said(m).startsWith(wanted)) || marks.find(m => said(m).includes(wanted));
  if (found) set({focus: found.dataset.k});
  else { $("side").replaceChildren(make("p", {}, words.nothing)); $("side").hidden = false; }
}
function focus() {
  svg.classList.toggle("no-ceilings", state.ceilings === "0");
  const marks = [...svg.querySelectorAll(".mark")];
  const chosen = marks.find(m => m.dataset.k === state.focus);
  for (const mark of marks) {
    mark.addEventListener("click", () => set({focus: mark.dataset.k === state.focus ? "" : mark.dataset.k}));
    mark.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); mark.dispatchEvent(new Event("click")); refocus(mark.dataset.k); }
    });
  }
  svg.classList.toggle("dim", Boolean(chosen));
  if (!chosen) { $("side").hidden = true; return; }
  const groups = new Set((chosen.dataset.g || "").split(" "));
  const node = groups.has(state.focus);
  for (const mark of marks) {
    const own = (mark.dataset.g || "").split(" ");
    const linked = node ? own.includes(state.focus) || (own.includes(mark.dataset.k) && groups.has(mark.dataset.k)) : groups.has(mark.dataset.k);
    mark.classList.toggle("on", mark === chosen || linked);
    if (!node) mark.setAttribute("aria-pressed", String(mark === chosen));
  }
  chosen.classList.add("chosen");
  side(chosen);
}
function refocus(key) { const mark = svg.querySelector(`.mark[data-k="${CSS.escape(key)}"]`); if (mark) mark.focus(); }
function side(mark) {
  const [figure, behind] = scene.marks[mark.dataset.k] || ["", []];
  const items = behind.map(([line, why]) => {
    const [programme, printed, year, phase, source] = scene.lines[line];
    const [counts, reason] = scene.whys[why];
    const where = [printed, year && (state.lang === "ja" ? year + "年度" : "FY" + year), phase].filter(Boolean).join(" · ");
    return make("li", {"data-counts": counts}, make("strong", {}, programme), make("br"), where, make("br"), source,
      make("div", {class: "why"}, words.counts[counts] + (reason ? " – " + reason : "")));
  });
  const title = mark.getAttribute("aria-label");
  $("side").replaceChildren(
    make("button", {type: "button", class: "close", "aria-label": words.close, onclick: () => { const key = state.focus; set({focus: ""}); refocus(key); }}, "×"),
    make("h2", {}, title),
    ...(items.length ? [make("p", {}, words.lines + ` (${items.length})`), make("ol", {}, ...items)] : [make("p", {}, words.none)]),
    make("p", {class: "why"}, words.link));
  $("side").dataset.figure = figure;
  $("side").hidden = false;
}
function table() {
  const [heads, ...rows] = scene.table;
  const cell = value => typeof value === "number" ? make("td", {class: "n"}, value.toLocaleString("en")) : make("td", {}, value || "–");
  $("table").replaceChildren(
    make("thead", {}, make("tr", {}, ...heads.map(h => make("th", {scope: "col"}, h)))),
    make("tbody", {}, ...rows.map(r => make("tr", {}, ...r.map(cell)))));
}
function save(kind) {
  const name = `${base.kind}-${state.view}-${state.lang}.${kind}`;
  if (kind === "csv") {
    const quoted = value => value === null ? "" : /[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
    return give(new Blob(["\ufeff" + scene.table.map(row => row.map(quoted).join(",")).join("\r\n") + "\r\n"], {type: "text/csv"}), name);
  }
  const copy = svg.cloneNode(true);
  copy.classList.remove("dim");
  for (const mark of copy.querySelectorAll(".mark")) for (const a of ["tabindex", "role", "aria-label", "aria-pressed", "class", "data-k", "data-g"]) mark.removeAttribute(a);
  copy.setAttribute("role", "img");
  const text = new XMLSerializer().serializeToString(copy);
  if (kind === "svg") return give(new Blob([text], {type: "image/svg+xml"}), name);
  const image = new Image();
  image.onload = () => {
    const canvas = make("canvas", {width: 2 * svg.viewBox.baseVal.width, height: 2 * svg.viewBox.baseVal.height});
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => give(blob, name), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
}
function give(blob, name) {
  const link = make("a", {href: URL.createObjectURL(blob), download: name});
  document.body.append(link);
  link.click();
  link.remove();
}
addEventListener("hashchange", () => { readAddress(); show(); });
addEventListener("keydown", event => { if (event.key === "Escape" && state.focus) { const key = state.focus; set({focus: ""}); refocus(key); } });
readAddress();
show();
document.body.dataset.ready = "1";
})();
