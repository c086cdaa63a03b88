// What HTML and Gradio cannot do alone: copying, an idle send button, and the newest question in view.
(() => {
  "use strict";
  const COPIED_MS = 2000;

  async function copy(text) {
    try {
      return await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text); // plain http on a local network has no clipboard API, or it may be refused
    }
  }

  function copyBySelection(text) {
    const focused = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    focused?.focus({ preventScroll: true });
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button || button.dataset.copied !== undefined) return;
    await copy(button.dataset.copy);
    const label = button.textContent;
    button.dataset.copied = "";
    button.textContent = button.dataset.done;
    setTimeout(() => {
      delete button.dataset.copied;
      if (button.textContent === button.dataset.done) button.textContent = label;
    }, COPIED_MS);
  });

  const field = () => document.querySelector("#question textarea");

  function refresh() {
    const send = document.querySelector("#send");
    const box = field();
    if (send && box) send.disabled = box.value.trim() === "";
  }

  // The newest question goes to the top and its answer unfolds below, until the reader scrolls.
  let turns = 0;
  let following = false;
  function follow() {
    const now = document.querySelectorAll(".turn");
    if (now.length > turns) {
      following = true;
      if (matchMedia("(pointer: fine)").matches) field()?.focus({ preventScroll: true });
    }
    turns = now.length;
    if (!following || turns === 0) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    now[turns - 1].scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    following = document.querySelector(".conversation[aria-busy=true]") !== null;
  }

  for (const gesture of ["wheel", "touchmove"]) {
    document.addEventListener(gesture, () => { following = false; }, { passive: true });
  }
  document.addEventListener("keydown", (event) => { // Enter in an empty box would start an event for nothing
    if (event.key === "Enter" && event.target === field() && event.target.value.trim() === "") {
      event.preventDefault();
      event.stopPropagation();
    }
  }, { capture: true });
  document.addEventListener("input", refresh);
  new MutationObserver(() => { refresh(); follow(); }).observe(document, { childList: true, subtree: true });
})();
