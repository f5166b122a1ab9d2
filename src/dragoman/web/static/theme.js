// Set before the page is drawn, so that it does not flash in the other theme.
"use strict";
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch { /* storage is closed: the system's choice holds */ }
