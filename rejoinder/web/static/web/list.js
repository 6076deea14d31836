/* The queue: J and K go through the rows, N shows what is new, new items can be held. */

import { readFrom } from "./refresh.js";

const HELD = "hold-new-items";

/** Give the list its keys and the strip its buttons. */
export function start() {
  document.addEventListener("keydown", step);
  document.addEventListener("click", show);
  document.addEventListener("click", hold);
  document.addEventListener("submit", takeFocused);
  document.addEventListener("desk:refreshed", keepHolding);
  keepHolding();
}

function rows() {
  return [...document.querySelectorAll(".row")];
}

function step(event) {
  const by = { j: 1, k: -1 }[event.key];
  if (!by || event.target.matches("input, textarea, select") || plain(event)) return;
  const all = rows();
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? all[0] : all[at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function plain(event) {
  return event.ctrlKey || event.altKey || event.metaKey || document.body.dataset.keys === "off";
}

// The list is read again where it stands, so that the window does not jump or flash.
async function show(event) {
  const link = event.target.closest("[data-show]");
  if (!link || !atTheQueue(link)) return;
  event.preventDefault();
  await readFrom(link.href, [document.getElementById("main")]);
  rows()[0]?.focus();
}

function atTheQueue(link) {
  return new URL(link.href).pathname === location.pathname && !location.search;
}

// T on a row takes that row, elsewhere the next one that is free. A press of the button by
// mouse has moved focus away from the row.
function takeFocused(event) {
  const row = document.activeElement?.closest?.(".row");
  if (event.target.id === "take-next" && row) event.target.action = row.dataset.take;
}

function hold(event) {
  const button = event.target.closest("[data-hold]");
  if (!button) return;
  localStorage.setItem(HELD, localStorage.getItem(HELD) ? "" : "yes");
  keepHolding();
}

// Held: the count goes on, silently (WCAG 2.2.2, 4.1.3).
function keepHolding() {
  const strip = document.getElementById("new-items");
  if (!strip) return;
  const held = Boolean(localStorage.getItem(HELD));
  strip.querySelector("[data-hold]").setAttribute("aria-pressed", String(held));
  strip.firstElementChild.setAttribute("role", held ? "none" : "status");
}
