// Shows a run as it goes on. Without it, the link "Show how far it is now" does the same.
"use strict";
const shown = document.getElementById("live");
const said = document.getElementById("said");

function tellOnce(text) {
  // Read aloud only when the words change, not with each future.
  if (said && text && said.textContent !== text) said.textContent = text;
}

if (shown && shown.dataset.address && window.EventSource) {
  const source = new EventSource(shown.dataset.address);
  source.addEventListener("stands", (event) => {
    if (shown.contains(document.activeElement)) return; // a reader is in the table
    shown.innerHTML = event.data;
    const now = shown.querySelector("[data-said]");
    if (now) tellOnce(now.dataset.said);
  });
  source.addEventListener("ended", () => {
    source.close();
    window.location.reload();
  });
}
