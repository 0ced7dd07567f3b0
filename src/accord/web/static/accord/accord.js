// Everything works without this file; it makes some things quicker.
(() => {
  "use strict";
  const all = (selector, root = document) => root.querySelectorAll(selector);
  document.documentElement.classList.add("scripted");

  // The error summary takes the focus.
  const attend = (root) => {
    const summary = root.matches?.("[data-focus]") ? root : root.querySelector("[data-focus]");
    summary?.focus();
    for (const button of all("[data-close]", root)) button.hidden = false;
  };
  document.addEventListener("DOMContentLoaded", () => attend(document));
  document.addEventListener("htmx:load", (event) => attend(event.target));
  if (document.readyState !== "loading") attend(document);

  // One submit, one effect: the buttons of a sent form rest until the answer comes.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    if (form.hasAttribute("hx-post")) return;
    form.dataset.sent = "1";
    setTimeout(() => all("button:not([type=button])", form).forEach((b) => b.setAttribute("aria-disabled", "true")));
  });
  window.addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) {
      delete form.dataset.sent;
      all("[aria-disabled]", form).forEach((b) => b.removeAttribute("aria-disabled"));
    }
  });

  // Menus and "why" marks close by a click elsewhere and by Escape.
  const closeMenus = (except) => {
    for (const menu of all("details[data-menu][open]")) if (!menu.contains(except)) menu.open = false;
  };
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.activeElement?.closest("details[data-menu][open]");
    closeMenus(null);
    open?.querySelector("summary").focus();
  });

  // An act that asks first opens as a dialog.
  document.addEventListener("click", (event) => {
    const summary = event.target.closest("details[data-confirm] > summary");
    if (!summary || typeof HTMLDialogElement === "undefined") return;
    event.preventDefault();
    const details = summary.parentElement;
    let dialog = details.dialog;
    if (!dialog) {
      const body = summary.nextElementSibling;
      dialog = details.dialog = document.createElement("dialog");
      dialog.className = "dialog";
      dialog.setAttribute("aria-label", body.getAttribute("aria-label"));
      const theme = details.closest("[data-theme]")?.dataset.theme;
      if (theme) dialog.dataset.theme = theme;
      details.after(dialog);
      dialog.append(body);
      dialog.addEventListener("click", (e) => { if (e.target === dialog) dialog.close(); });
    }
    dialog.showModal();
  });

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-close], [data-open], [data-print], [data-take]");
    if (!target) return;
    if ("close" in target.dataset) target.closest("dialog")?.close();
    if (target.dataset.open) { closeMenus(null); document.getElementById(target.dataset.open)?.showModal(); }
    if ("print" in target.dataset) window.print();
    if (target.dataset.take) {
      const field = document.getElementById(target.dataset.take);
      field.value = target.dataset.value;
      field.focus();
    }
  });

  // The chosen appearance shows at once; the server keeps it.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const theme = event.submitter?.value;
    if (!form.matches("[data-theme-form]") || !theme) return;
    event.preventDefault();
    delete form.dataset.sent;
    if (theme === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = theme;
    for (const button of all("[name=theme]", form)) button.setAttribute("aria-pressed", String(button === event.submitter));
    const body = new FormData(form);
    body.set("theme", theme);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
    setTimeout(() => all("[aria-disabled]", form).forEach((b) => b.removeAttribute("aria-disabled")), 50);
  });

  // "/" searches, "?" opens the help, "g" then "a" goes home.
  let before = "";
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (writing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      const search = document.getElementById("search");
      if (search) { event.preventDefault(); search.focus(); }
    } else if (event.key === "?") {
      document.getElementById("shortcuts")?.showModal();
    } else if (event.key === "a" && before === "g") {
      document.querySelector(".brand")?.click();
    }
    before = event.key;
  });
})();
