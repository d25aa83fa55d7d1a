// The page works without this. It follows a job under way, and suggests districts.
"use strict";
const watched = document.querySelector("[data-watch]");
if (watched) {
  setInterval(async () => {
    const found = await fetch(watched.dataset.watch).then((answer) => answer.json(), () => null);
    if (found && found.mark !== watched.dataset.mark) location.reload();
  }, 1500);
}
const search = document.querySelector("[data-suggest]");
if (search) {
  const list = document.createElement("datalist");
  list.id = "suggested";
  search.after(list);
  search.setAttribute("list", list.id);
  let asked = 0;
  search.addEventListener("input", async () => {
    const mine = ++asked;
    const address = search.dataset.suggest + "?q=" + encodeURIComponent(search.value);
    const found = await fetch(address).then((answer) => answer.json(), () => null);
    if (!found || mine !== asked) return;
    list.replaceChildren(...found.districts.map((one) => {
      const option = document.createElement("option");
      option.value = one.name;
      option.label = one.where;
      return option;
    }));
  });
}
