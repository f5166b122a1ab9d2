/* What the search needs to know, and narrow screens. Nothing is loaded from another place. */
var base_url = document.documentElement.dataset.base; // the search of MkDocs reads this name

document.addEventListener("DOMContentLoaded", () => {
  const field = document.getElementById("mkdocs-search-query");
  const results = document.getElementById("mkdocs-search-results");
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = results.querySelector("a");
    if (first) window.location.href = first.href;
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      field.focus();
    }
    if (event.key === "Escape" && document.activeElement === field) {
      field.value = "";
      results.replaceChildren();
    }
  });
  if (window.matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;
});
