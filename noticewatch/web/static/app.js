// Keys: j and k (or n and p) go to the next and previous change of a comparison, / to the search.
document.addEventListener("keydown", (event) => {
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const box = document.querySelector("input[type=search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    return;
  }
  const step = { j: 1, n: 1, k: -1, p: -1 }[event.key];
  if (!step) return;
  const parts = [...document.querySelectorAll("section.part")];
  if (!parts.length) return;
  const now = parts.indexOf(document.activeElement);
  const next = Math.max(0, Math.min(now + step, parts.length - 1));
  parts[next].focus({ preventScroll: true });
  parts[next].scrollIntoView({ block: "center" });
});
