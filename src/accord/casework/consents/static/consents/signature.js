// A signature drawn with finger, pen or mouse: strokes of [x, y, milliseconds], kept in a hidden field.
(() => {
  "use strict";
  for (const pad of document.querySelectorAll("canvas[data-signature]")) {
    const key = pad.dataset.signature;
    const field = document.getElementById(key);
    const state = document.querySelector(`[data-signature-state="${key}"]`);
    const ink = pad.getContext("2d");
    let strokes = [];
    let began = 0;
    let pen = null;

    const place = (event) => {
      const frame = pad.getBoundingClientRect();
      const round = (value) => Math.round(value * 10) / 10;
      return [
        round(((event.clientX - frame.left) * pad.width) / frame.width),
        round(((event.clientY - frame.top) * pad.height) / frame.height),
        Math.round(event.timeStamp - began),
      ];
    };
    const draw = () => {
      ink.clearRect(0, 0, pad.width, pad.height);
      ink.strokeStyle = getComputedStyle(pad).color;
      ink.lineWidth = 2.5;
      ink.lineCap = ink.lineJoin = "round";
      for (const stroke of strokes) {
        ink.beginPath();
        for (const [x, y] of stroke) ink.lineTo(x, y);
        ink.stroke();
      }
    };
    const keep = () => {
      field.value = strokes.length ? JSON.stringify(strokes) : "";
      state.textContent = strokes.length ? state.dataset.drawn : state.dataset.empty;
    };

    pad.addEventListener("pointerdown", (event) => {
      if (pen !== null || event.button > 0) return;
      event.preventDefault();
      pen = event.pointerId;
      pad.setPointerCapture(pen);
      began ||= event.timeStamp;
      strokes.push([place(event)]);
    });
    pad.addEventListener("pointermove", (event) => {
      if (event.pointerId !== pen) return;
      strokes[strokes.length - 1].push(place(event));
      draw();
    });
    const lift = (event) => {
      if (event.pointerId !== pen) return;
      pen = null;
      keep();
    };
    pad.addEventListener("pointerup", lift);
    pad.addEventListener("pointercancel", lift);
    document.querySelector(`[data-signature-clear="${key}"]`).addEventListener("click", () => {
      strokes = [];
      draw();
      keep();
    });
    try { strokes = JSON.parse(field.value || "[]"); } catch { strokes = []; }
    if (!Array.isArray(strokes)) strokes = [];
    draw();
  }
})();
