(function () {
  "use strict";
  // Paper cannot be clicked: what is folded away and matters opens for printing.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.print").forEach(function (part) { part.open = true; });
  });
  // A page without charts is ready as it stands.
  if (!document.getElementById("specs")) {
    document.documentElement.setAttribute("data-charts", "drawn");
  }
})();
