"use strict";
(function () {
  var figure = document.getElementById("session");
  var svg = figure.querySelector("svg"), hover = svg.querySelector(".hover");
  var points = JSON.parse(document.getElementById("points").textContent);
  var words = JSON.parse(document.getElementById("words").textContent);
  var scale = JSON.parse(svg.dataset.scale);
  var tip = document.createElement("div");
  tip.className = "tip"; tip.hidden = true; figure.appendChild(tip);
  function to(s, v) { return s[2] + (v - s[0]) / (s[1] - s[0]) * (s[3] - s[2]); }
  function at(seconds) {
    var low = 0, high = points.length - 1;
    while (high - low > 1) { var middle = (low + high) >> 1; if (points[middle][0] < seconds) low = middle; else high = middle; }
    return Math.abs(points[low][0] - seconds) < Math.abs(points[high][0] - seconds) ? points[low] : points[high];
  }
  svg.addEventListener("pointermove", function (event) {
    var box = svg.getBoundingClientRect(), k = 900 / box.width;
    var px = (event.clientX - box.left) * k;
    if (px < scale.x[2] || px > scale.x[3]) return leave();
    var point = at(scale.x[0] + (px - scale.x[2]) / (scale.x[3] - scale.x[2]) * (scale.x[1] - scale.x[0]));
    var x = to(scale.x, point[0]), y = to(scale.y, point[1]), side = point[1] > 0 ? "right" : "left";
    hover.setAttribute("visibility", "visible");
    hover.firstChild.setAttribute("x1", x); hover.firstChild.setAttribute("x2", x);
    hover.lastChild.setAttribute("cx", x); hover.lastChild.setAttribute("cy", y);
    var rest = (point[0] % 60).toFixed(1);
    tip.textContent = Math.floor(point[0] / 60) + ":" + (rest < 10 ? "0" : "") + rest.replace(".", words.mark) + "  " + words[side].replace("#", Math.abs(point[1]).toFixed(1).replace(".", words.mark));
    tip.style.left = x / k + "px"; tip.style.top = y / k + "px"; tip.hidden = false;
  });
  function leave() { hover.setAttribute("visibility", "hidden"); tip.hidden = true; }
  svg.addEventListener("pointerleave", leave);
})();
