// What is typed is kept by itself; when the connection is lost it stays on the page, and is sent when it is back.
(() => {
  "use strict";
  const RETRY = 5000;
  const keeper = () => document.querySelector("[data-keeps]");
  let unsaved = false;
  let timer = 0;

  const lost = (element) => {
    element.textContent = element.dataset.lost;
    clearTimeout(timer);
    timer = setTimeout(() => htmx.trigger(element, "keep"), RETRY);
  };

  document.addEventListener("input", (event) => {
    if (keeper()?.closest("form")?.contains(event.target)) unsaved = true;
  });
  document.addEventListener("submit", () => { unsaved = false; });
  for (const fault of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(fault, (event) => {
      if (event.target.matches?.("[data-keeps]")) lost(event.target);
    });
  }
  document.addEventListener("htmx:beforeSwap", (event) => {
    const element = event.target;
    if (!element.matches?.("[data-keeps]")) return;
    const { xhr } = event.detail;
    if (xhr.status !== 200 || new URL(xhr.responseURL).pathname !== element.getAttribute("hx-post")) {
      event.detail.shouldSwap = false;
      return lost(element);
    }
    unsaved = false;
    clearTimeout(timer);
  });
  window.addEventListener("online", () => { if (unsaved && keeper()) htmx.trigger(keeper(), "keep"); });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
})();
