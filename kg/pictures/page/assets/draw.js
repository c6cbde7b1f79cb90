const name = mark => mark.querySelector("title").textContent;
function enliven() {
  for (const mark of svg.querySelectorAll("[data-k]")) {
    const [key] = scene.marks[mark.dataset.k];
    mark.classList.add("mark");
    const title = document.createElementNS(svg.namespaceURI, "title");
    title.textContent = scene.says[mark.dataset.k];
    mark.prepend(title);
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
function groupsOf(mark) { return scene.groups[scene.marks[mark.dataset.k][2]]; }
function choice(name, label, options) {
  const group = make("fieldset", {}, make("legend", {}, label));
  for (const [value, text] of options) {
    const pressed = String(state[name] === value);
    group.append(make("button", {type: "button", "data-set": name + "=" + value, "aria-pressed": pressed,
      onclick: () => { set({[name]: value}); again(name + "=" + value); }}, text));
  }
  return group;
}
function select(name, label, options) {
  const list = make("select", {id: "choose-" + name, onchange: event => { set({[name]: event.target.value}); $("choose-" + name).focus(); }},
    make("option", {value: ""}, words.every[name]), ...options.map(o => make("option", {value: o.key}, o.name[state.lang])));
  list.value = state[name];
  return make("label", {}, label + " ", list);
}
function again(what) { const b = document.querySelector(`[data-set="${what}"]`); if (b) b.focus(); }
function bar() {
  const names = [...svg.querySelectorAll(".mark:not(.out)")].map(name);
  const list = make("datalist", {id: "names"}, ...names.map(n => make("option", {value: n})));
  const field = make("input", {id: "find", type: "search", list: "names", placeholder: words.focusHint, "aria-label": words.focus,
    onchange: event => find(event.target.value)});
  const saves = make("fieldset", {}, make("legend", {}, words.save));
  for (const kind of ["svg", "png", "csv"]) saves.append(make("button", {type: "button", id: "save-" + kind, onclick: () => save(kind)}, words[kind]));
  const parts = [];
  if (base.views.length > 1) parts.push(choice("view", words.view, base.views.map(v => [v.key, v.name[state.lang]])));
  for (const [name, options] of Object.entries(base.filters)) parts.push(select(name, words[name], options));
  if (base.measures.length > 1) parts.push(choice("size", words.size, base.measures.map(m => [m.key, m.name[state.lang]])));
  parts.push(choice("lang", words.language, [["en", "English"], ["ja", "日本語"]]));
  if (svg.querySelector(".ceiling")) {
    const on = state.ceilings === "1";
    parts.push(make("button", {type: "button", "data-set": "ceilings", "aria-pressed": String(on),
      onclick: () => { set({ceilings: on ? "0" : "1"}); again("ceilings"); }}, words.ceilings));
  }
  parts.push(field, list, saves);
  if (scene.marks.some(m => m[5])) {
    const tops = [...svg.querySelectorAll(".mark[aria-expanded]")].map(m => m.dataset.key).filter(key => holds(key));
    parts.push(make("button", {type: "button", id: "fold-all", onclick: () => foldTo(state.fold ? [] : tops)}, state.fold ? words.unfoldAll : words.foldAll));
  }
  if (state.focus || scene.narrow) parts.push(make("button", {type: "button", id: "everything", onclick: () => set({focus: "", domain: "", evidence: ""})}, words.all));
  $("bar").replaceChildren(...parts);
  $("bar").hidden = false;
}
function find(text) {
  const wanted = text.normalize("NFKC").toLowerCase();
  if (!wanted) return set({focus: ""});
  const marks = [...svg.querySelectorAll(".mark:not(.out)")];
  const said = mark => name(mark).normalize("NFKC").toLowerCase();
  const found = marks.find(m => said(m) === wanted) || marks.find(m => said(m).startsWith(wanted)) || marks.find(m => said(m).includes(wanted));
  if (found) set({focus: found.dataset.key});
  else { $("side").replaceChildren(make("p", {}, words.nothing)); $("side").hidden = false; }
}
function focus() {
  svg.classList.toggle("no-ceilings", state.ceilings === "0");
  const marks = [...svg.querySelectorAll(".mark:not(.out)")];
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
    const [key, , , , , place] = scene.marks[mark.dataset.k];
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
function holds(key) { return scene.marks.some(m => m[5] && m[0] !== key && scene.groups[m[2]].includes(key)); }
function refocus(key) { const mark = svg.querySelector(`.mark[data-key="${CSS.escape(key)}"]`); if (mark) mark.focus(); }
function side(mark) {
  const items = behind(mark).map(([line, why]) => {
    const [programme, printed, year, phase, source] = scene.lines[line];
    const [counts, ...reasons] = scene.whys[why];
    const where = [printed, year && (state.lang === "ja" ? year + "年度" : "FY" + year), phase].filter(Boolean).join(" · ");
    return make("li", {"data-counts": counts}, make("strong", {}, programme), make("br"), where, make("br"), source,
      make("div", {class: "why"}, reasons[scene.place] || words.counts[counts]));
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
  const [heads, ...rows] = scene.narrow ? narrowTable() : scene.table;
  const cell = value => typeof value === "number" ? make("td", {class: "n"}, value.toLocaleString("en")) : make("td", {}, value || "–");
  $("table").replaceChildren(
    make("thead", {}, make("tr", {}, ...heads.map(h => make("th", {scope: "col"}, h)))),
    make("tbody", {}, ...rows.map(r => make("tr", {}, ...r.map(cell)))));
}
function save(kind) {
  const file = `${base.kind}-${state.view}-${state.lang}.${kind}`;
  if (kind === "csv") {
    const quoted = value => value === null ? "" : /[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
    return give(new Blob(["\ufeff" + (scene.narrow ? narrowTable() : scene.table).map(row => row.map(quoted).join(",")).join("\r\n") + "\r\n"], {type: "text/csv"}), file);
  }
  const copy = svg.cloneNode(true), copies = [...copy.querySelectorAll("*")];
  [...svg.querySelectorAll("*")].forEach((part, i) => { if (getComputedStyle(part).display === "none" && part.closest("defs, style, title, desc, pattern") === null) copies[i].remove(); });
  copy.classList.remove("dim");
  for (const mark of copy.querySelectorAll(".mark")) for (const a of ["tabindex", "role", "aria-label", "aria-pressed", "aria-expanded", "class", "style"]) mark.removeAttribute(a);
  for (const part of copies) for (const a of Object.keys(part.dataset)) delete part.dataset[a];
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
