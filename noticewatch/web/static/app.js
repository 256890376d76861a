// Keys for reading a comparison: j and k go to the next and previous change, / to the search.
document.addEventListener("keydown", (event) => {
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey) return;
  if (event.key === "/") {
    const box = document.querySelector("input[type=search]");
    if (box) { event.preventDefault(); box.focus(); }
    return;
  }
  if (event.key !== "j" && event.key !== "k") return;
  const parts = [...document.querySelectorAll("section.part")];
  if (!parts.length) return;
  const now = parts.indexOf(document.activeElement);
  const next = event.key === "j" ? Math.min(now + 1, parts.length - 1) : Math.max(now - 1, 0);
  parts[next].focus();
  parts[next].scrollIntoView({ block: "center" });
});
