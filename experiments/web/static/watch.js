// The pages of a run work without this. It adds a slider, arrow keys, and playing on demand.
"use strict";
const again = document.querySelector("[data-again]");
if (again) setTimeout(() => location.replace(again.href), 1000 * Number(again.dataset.again));

const months = document.querySelector("[data-months]");
if (months) {
  const last = Number(months.dataset.months);
  const here = Number(months.dataset.month);
  const go = (month, more = "") => location.assign(months.dataset.address + month + more);

  const live = document.createElement("div");
  live.className = "live";
  const label = document.createElement("label");
  label.htmlFor = "month";
  label.textContent = `Month, from 1 to ${last}`;
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", id: "month", min: 1, max: last, value: here });
  const shown = document.createElement("output");
  shown.htmlFor = "month";
  shown.textContent = here;
  slider.addEventListener("input", () => { shown.textContent = slider.value; });
  const jump = document.createElement("button");
  jump.type = "button";
  jump.className = "second";
  jump.textContent = "Go";
  jump.addEventListener("click", () => go(slider.value));
  live.append(label, slider, shown, jump);

  if (!matchMedia("(prefers-reduced-motion: reduce)").matches && here < last) {
    const playing = new URLSearchParams(location.search).has("play");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    button.textContent = playing ? "Stop playing" : "Play month by month";
    button.addEventListener("click", () => (playing ? go(here) : go(here + 1, "?play=1")));
    live.append(button);
    if (playing) {
      setTimeout(() => go(here + 1, "?play=1"), 4000);
      button.focus({ preventScroll: true });
    }
  }
  months.append(live);

  document.addEventListener("keydown", (event) => {
    const free = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!free || event.target.closest('input, select, textarea, [tabindex="0"]')) return;
    if (event.key === "ArrowLeft" && here > 1) go(here - 1);
    if (event.key === "ArrowRight" && here < last) go(here + 1);
  });
}
