/* Columns: arrows go from one to the next, F filters as one types, dragging moves one. */

for (const field of document.querySelectorAll("[data-filter]")) field.hidden = false;
document.addEventListener("desk:refreshed", () => {
  for (const field of document.querySelectorAll("[data-filter]")) {
    field.hidden = false;
    filter(field);
  }
});
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-filter]")) filter(event.target);
});
document.addEventListener("keydown", act);
document.addEventListener("dragstart", begin);
document.addEventListener("dragover", over);
document.addEventListener("dragleave", leave);
document.addEventListener("drop", drop);

let dragged = null;

// What is typed has to stand in the row, whatever its case; nothing is asked of the desk.
function filter(field) {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of field.closest("[data-column]").querySelectorAll(".rows > li")) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
}

function act(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.body.dataset.keys === "off") return;
  if (event.target.matches("input, textarea, select, [data-edge]")) return;
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const here = document.activeElement?.closest("[data-column]");
  if (by && event.shiftKey && here) {
    event.preventDefault();
    move(here, Number(here.dataset.place) + by);
  } else if (by) {
    event.preventDefault();
    go(here, by);
  } else if (event.key === "f") {
    event.preventDefault();
    (here || document).querySelector("[data-filter]")?.focus();
  }
}

function go(here, by) {
  const all = [...document.querySelectorAll("[data-column]")];
  const next = here ? all[all.indexOf(here) + by] : all[0];
  const to = next?.querySelector("li:not([hidden]) .row") || next?.querySelector("summary");
  to?.focus();
  next?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function begin(event) {
  dragged = event.target.closest?.("[data-column][draggable]");
  if (dragged) event.dataTransfer.effectAllowed = "move";
}

function over(event) {
  const column = dragged && event.target.closest?.("[data-column]");
  if (!column || column === dragged) return;
  event.preventDefault();
  column.classList.add("column-over");
}

function leave(event) {
  event.target.closest?.("[data-column]")?.classList.remove("column-over");
}

function drop(event) {
  const column = dragged && event.target.closest?.("[data-column]");
  if (!column || column === dragged) return;
  event.preventDefault();
  move(dragged, Number(column.dataset.place));
  dragged = null;
}

// The form of the menu does it, so that the desk answers the same to mouse, key and menu.
function move(column, to) {
  const form = column.querySelector(`form[action="${column.dataset.move}"]`);
  if (!form || to < 0) return;
  form.elements.to.value = to;
  form.requestSubmit();
}
