addEventListener("hashchange", () => { readAddress(); show(); });
addEventListener("keydown", event => { if (event.key === "Escape" && state.focus) { const key = state.focus; set({focus: ""}); refocus(key); } });
packed = await unpack($("packed").textContent);
readAddress();
show();
document.body.dataset.ready = "1";
})();
