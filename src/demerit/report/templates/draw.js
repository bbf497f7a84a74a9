(function () {
  "use strict";
  var specs = JSON.parse(document.getElementById("specs").textContent);
  var options = {
    mode: "vega-lite",
    renderer: "svg",
    actions: false,
    defaultStyle: false,
    tooltip: false,
    hover: false,
    ast: true,
    expr: vegaInterpreter
  };
  var drawn = Object.keys(specs).map(function (key) {
    var place = document.getElementById("chart-" + key);
    return vegaEmbed(place, specs[key], options).then(function () {
      // The place round the drawing carries its words; its hundred parts would only be noise.
      place.querySelector("svg").setAttribute("aria-hidden", "true");
    }).catch(function (error) {
      place.textContent = "This chart could not be drawn. Its numbers are in the table below it.";
      console.error(key, error);
    });
  });
  Promise.all(drawn).then(function () {
    document.documentElement.setAttribute("data-charts", "drawn");
  });
})();
