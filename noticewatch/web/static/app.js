// Nothing here is needed: keys and small comforts for who has them.
const typing = (target) => /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

// j and k (or n and p) go to the next and previous change of a comparison, / to the search.
const step = (by) => {
  const parts = [...document.querySelectorAll("section.part")];
  if (!parts.length) return;
  const now = parts.indexOf(document.activeElement);
  const next = Math.max(0, Math.min(now + by, parts.length - 1));
  parts[next].focus({ preventScroll: true });
  parts[next].scrollIntoView({ block: "center" });
};
document.addEventListener("keydown", (event) => {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.querySelector("input[type=search]");
  if (event.key === "/" && box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
  const by = { j: 1, n: 1, k: -1, p: -1 }[event.key];
  if (by) step(by);
});

// Filters that nobody uses are folded away on a phone.
if (matchMedia("(max-width: 50rem)").matches) {
  document.querySelectorAll("details.narrow:not([data-used])").forEach((folded) => {
    folded.open = false;
  });
}

// A form that is folded away opens when it is linked to.
const unfold = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const folded = target && target.closest("details");
  if (folded) folded.open = true;
};
addEventListener("hashchange", unfold);
unfold();

// The menu under the gear closes when somebody clicks elsewhere or presses Escape.
const gear = document.querySelector("details.gear");
document.addEventListener("click", (event) => {
  if (gear && !gear.contains(event.target)) gear.open = false;
});
document.addEventListener("keydown", (event) => {
  if (gear && event.key === "Escape") gear.open = false;
});

// A check that is under way: look again until it is done.
if (document.querySelector("[data-pending]")) setTimeout(() => location.reload(), 5000);

// Mode, order and the relevance box search at once.
document.querySelectorAll("form.searchbox .options").forEach((options) => {
  options.addEventListener("change", (event) => {
    if (event.target.inputMode !== "numeric") event.target.form.requestSubmit();
  });
});
