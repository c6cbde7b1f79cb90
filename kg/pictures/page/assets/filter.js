function narrow() {
  scene.narrow = null;
  $("filtered").hidden = !state.domain && !state.evidence;
  if ($("filtered").hidden) return;
  const flat = scene.narrowed[state.domain + "|" + state.evidence] || [];
  scene.narrow = new Map();
  for (let i = 0; i < flat.length; i += 4) scene.narrow.set(scene.keys[flat[i]], flat.slice(i + 1, i + 4));
  for (const mark of svg.querySelectorAll(".mark")) {
    const left = scene.narrow.get(mark.dataset.key);
    mark.classList.toggle("out", !left);
    if (!left) { mark.setAttribute("tabindex", "-1"); continue; }
    retitle(mark, left);
    if (left[2] >= 0) redraw(mark, scene.shapes[left[2]]);
  }
  for (const place of svg.querySelectorAll("[data-f]")) {
    const own = place.closest(".mark"), key = place.dataset.f || own && own.dataset.key, left = scene.narrow.get(key);
    const figure = left ? scene.figures[left[0]][scene.place] : "";
    place.textContent = (place.tagName === "tspan" && figure && place.previousSibling ? "\u00a0" : "") + figure;
  }
  report();
}
function retitle(mark, [figure, behind]) {
  const number = mark.dataset.k, known = scene.marks[number][3 + scene.place], name = scene.says[number].slice(0, known);
  const said = scene.figures[figure][2 + scene.place];
  const pages = base.kind === "network" && mark.dataset.key.includes(">") ? [...new Set(scene.behinds[behind].map(([line]) => scene.lines[line][4]))] : [];
  mark.querySelector("title").textContent = name + ": " + said + (pages.length ? " (" + pages.join("; ") + ")" : "");
  mark.setAttribute("aria-label", mark.querySelector("title").textContent);
}
function redraw(mark, shapes) {
  for (const part of [...mark.children]) if (part.tagName !== "title" && part.tagName !== "text") part.remove();
  const group = document.createElementNS(svg.namespaceURI, "g");
  group.innerHTML = shapes;
  mark.querySelector("title").after(...group.children);
}
function report() {
  const all = scene.narrow.get("all"), given = {...scene.given};
  for (const name of Object.keys(base.filters)) if (state[name]) given[name] = state[name];
  const names = Object.entries(base.filters).filter(([name]) => state[name]).map(([name, options]) => options.find(o => o.key === state[name]).name[state.lang]);
  const command = "kg query funding" + Object.entries(given).map(([name, text]) => " --" + name + " " + text).join("");
  $("filtered").replaceChildren(make("strong", {}, names.join(" · ") + ": " + (all ? scene.figures[all[0]][2 + scene.place] : words.noneFits)), " ", make("code", {}, command),
    ...(state.evidence ? [make("span", {class: "why"}, " " + words.leftOut)] : []));
}
function narrowTable() {
  const [heads, ...rows] = scene.table;
  const left = rows.map((row, i) => [row, scene.narrow.get(scene.keys[scene.rows[i]])]).filter(([, found]) => found);
  return [heads, ...left.map(([row, [figure]]) => {
    const [lower = null, upper = null, open = null] = scene.figures[figure].slice(4);
    return [...row.slice(0, scene.first), lower, upper, open, ...row.slice(scene.first + 3)];
  })];
}
function behind(mark) {
  const left = scene.narrow && scene.narrow.get(mark.dataset.key);
  return scene.behinds[left ? left[1] : scene.marks[mark.dataset.k][1]];
}
function measure() {
  const place = base.measures.findIndex(m => m.key === state.size);
  if (place < 0) return;
  for (const circle of svg.querySelectorAll("[data-r]")) circle.setAttribute("r", circle.dataset.r.split(" ")[place]);
  for (const text of svg.querySelectorAll("[data-v]")) text.textContent = text.dataset.v.split("|")[place];
}
