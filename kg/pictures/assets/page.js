(async () => {
"use strict";
const $ = id => document.getElementById(id);
const base = JSON.parse($("state").textContent);
const bytes = Uint8Array.from(atob($("packed").textContent), c => c.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
const packed = JSON.parse(await new Response(stream).text());
const state = {view: base.view, lang: base.lang, focus: "", ceilings: "1", fold: ""};
const value = cell => cell.className === "n" ? Number(cell.textContent.replaceAll(",", "")) : cell.textContent === "–" ? null : cell.textContent;
const first = {
  svg: $("picture").innerHTML,
  table: [...$("table").rows].map(row => [...row.cells].map(value)),
};
let scene, words, svg;

const name = mark => mark.querySelector("title").textContent;
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
  for (const name of Object.keys(state)) if (given.has(name)) state[name] = given.get(name);
  if (!packed[state.view]) state.view = base.view;
  if (!base.fonts[state.lang]) state.lang = base.lang;
}
function writeAddress() {
  const standard = {view: base.view, lang: base.lang, focus: "", ceilings: "1", fold: ""};
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value !== standard[name]) said.set(name, value);
  history.replaceState(null, "", said.size ? "#" + said : location.pathname + location.search);
}
function set(changes) {
  if (changes.view && changes.view !== state.view) Object.assign(state, {focus: keeps(changes.view) ? state.focus : "", fold: ""});
  Object.assign(state, changes); writeAddress(); show();
}
function keeps(view) { return packed[view].marks[0].some(m => m[0] === state.focus); }

function show() {
  const view = packed[state.view], place = state.lang === "ja" ? 1 : 0;
  scene = {svg: view.svg.filter((_, i) => i % 2 === place).join("\n").trim() || first.svg};
  for (const part of ["title", "table", "lines", "whys", "groups", "marks"]) scene[part] = view[part][place] || first[part];
  words = base.words[state.lang];
  document.documentElement.lang = state.lang;
  document.title = $("title").textContent = scene.title;
  $("picture").innerHTML = scene.svg;
  svg = $("picture").querySelector("svg");
  enliven();
  $("skip").textContent = words.skip;
  $("data-head").textContent = words.data;
  fold(); bar(); table(); focus();
}
function enliven() {
  for (const mark of svg.querySelectorAll("[data-k]")) {
    const [key] = scene.marks[mark.dataset.k];
    mark.classList.add("mark");
    mark.setAttribute("tabindex", "0");
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-label", name(mark));
    mark.dataset.key = key;
    const toggle = () => set({focus: key === state.focus ? "" : key});
    mark.addEventListener("click", toggle);
    mark.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(); refocus(key); }
      const open = mark.getAttribute("aria-expanded");
      if (event.key === "ArrowLeft" && open === "true" || event.key === "ArrowRight" && open === "false") { event.preventDefault(); toggleFold(key); }
    });
  }
}
function groupsOf(mark) { return scene.marks[mark.dataset.k][2].map(i => scene.groups[i]); }
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
  const names = [...svg.querySelectorAll(".mark")].map(name);
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
  if (scene.marks.some(m => m[3])) {
    const tops = [...svg.querySelectorAll(".mark[aria-expanded]")].map(m => m.dataset.key).filter(key => holds(key));
    parts.push(make("button", {type: "button", id: "fold-all", onclick: () => foldTo(state.fold ? [] : tops)}, state.fold ? words.unfoldAll : words.foldAll));
  }
  if (state.focus) parts.push(make("button", {type: "button", id: "everything", onclick: () => set({focus: ""})}, words.all));
  $("bar").replaceChildren(...parts);
  $("bar").hidden = false;
}
function find(text) {
  const wanted = text.normalize("NFKC").toLowerCase();
  if (!wanted) return set({focus: ""});
  const marks = [...svg.querySelectorAll(".mark")];
  const said = mark => name(mark).normalize("NFKC").toLowerCase();
  const found = marks.find(m => said(m) === wanted) || marks.find(m => said(m).startsWith(wanted)) || marks.find(m => said(m).includes(wanted));
  if (found) set({focus: found.dataset.key});
  else { $("side").replaceChildren(make("p", {}, words.nothing)); $("side").hidden = false; }
}
function focus() {
  svg.classList.toggle("no-ceilings", state.ceilings === "0");
  const marks = [...svg.querySelectorAll(".mark")];
  const chosen = marks.find(m => m.dataset.key === state.focus);
  svg.classList.toggle("dim", Boolean(chosen));
  if (!chosen) { $("side").hidden = true; return; }
  const groups = new Set(groupsOf(chosen));
  const node = groups.has(state.focus);  // a node lights what belongs to it, a band or bubble lights its ends
  for (const mark of marks) {
    const key = mark.dataset.key, own = groupsOf(mark);
    const on = groups.has(key) || node && own.includes(state.focus);
    mark.classList.toggle("on", mark === chosen || on);
    mark.setAttribute("aria-pressed", String(mark === chosen));
  }
  chosen.classList.add("chosen");
  side(chosen);
}
const folded = () => new Set(state.fold.split(",").filter(Boolean));
function foldTo(keys) { set({fold: [...keys].join(",")}); }
function toggleFold(key) { const keys = folded(); if (!keys.delete(key)) keys.add(key); foldTo(keys); refocus(key); }
function fold() {
  const hidden = folded(), next = new Map();
  for (const mark of svg.querySelectorAll(".mark")) {
    const [key, , , place] = scene.marks[mark.dataset.k];
    if (!place) continue;
    const [column, top, height] = place, groups = groupsOf(mark);
    if (!next.has(column)) next.set(column, top);
    const gone = groups.some(g => g !== key && hidden.has(g));
    mark.style.display = gone ? "none" : "";
    mark.setAttribute("transform", `translate(0 ${next.get(column) - top})`);
    if (holds(key)) mark.setAttribute("aria-expanded", String(!hidden.has(key)));
    if (!gone) next.set(column, next.get(column) + height);
  }
}
function holds(key) { return scene.marks.some(m => m[3] && m[0] !== key && m[2].some(i => scene.groups[i] === key)); }
function refocus(key) { const mark = svg.querySelector(`.mark[data-key="${CSS.escape(key)}"]`); if (mark) mark.focus(); }
function side(mark) {
  const [, behind] = scene.marks[mark.dataset.k];
  const items = behind.map(([line, why]) => {
    const [programme, printed, year, phase, source] = scene.lines[line];
    const [counts, reason] = scene.whys[why];
    const where = [printed, year && (state.lang === "ja" ? year + "年度" : "FY" + year), phase].filter(Boolean).join(" · ");
    return make("li", {"data-counts": counts}, make("strong", {}, programme), make("br"), where, make("br"), source,
      make("div", {class: "why"}, reason || words.counts[counts]));
  });
    $("side").replaceChildren(
    make("button", {type: "button", class: "close", "aria-label": words.close, onclick: () => { const key = state.focus; set({focus: ""}); refocus(key); }}, "×"),
    make("h2", {}, name(mark)),
    ...(mark.hasAttribute("aria-expanded") ? [make("button", {type: "button", id: "fold", onclick: () => toggleFold(state.focus)},
      mark.getAttribute("aria-expanded") === "true" ? words.fold : words.unfold)] : []),
    ...(items.length ? [make("p", {}, words.lines + ` (${items.length})`), make("ol", {}, ...items)] : [make("p", {}, words.none)]),
    make("p", {class: "why"}, words.link));
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
  const file = `${base.kind}-${state.view}-${state.lang}.${kind}`;
  if (kind === "csv") {
    const quoted = value => value === null ? "" : /[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
    return give(new Blob(["\ufeff" + scene.table.map(row => row.map(quoted).join(",")).join("\r\n") + "\r\n"], {type: "text/csv"}), file);
  }
  const copy = svg.cloneNode(true);
  copy.classList.remove("dim");
  for (const mark of copy.querySelectorAll(".mark")) for (const a of ["tabindex", "role", "aria-label", "aria-pressed", "aria-expanded", "class", "data-k", "data-key"]) mark.removeAttribute(a);
  copy.setAttribute("role", "img");
  const text = new XMLSerializer().serializeToString(copy);
  if (kind === "svg") return give(new Blob([text], {type: "image/svg+xml"}), file);
  const image = new Image();
  image.onload = () => {
    const canvas = make("canvas", {width: 2 * svg.viewBox.baseVal.width, height: 2 * svg.viewBox.baseVal.height});
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => give(blob, file), "image/png");
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
