// Before the first paint: light or dark, if the reader has chosen; else the system's choice stands.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing: the system's choice stands.
}
