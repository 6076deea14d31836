/*
 * Saved replies beside the reply box: found as one types, put where the caret is. Without this the
 * same list is a page of its own.
 */

import { readFrom } from "./refresh.js";

const FIND_AFTER = 150; // ms of rest before it is looked for

/** Serve the search of this page's reply box, if it has one. */
export function start() {
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-find-saved]")) later(event.target);
  });
  document.addEventListener("toggle", open, true);
  document.addEventListener("keydown", walk);
  document.addEventListener("submit", use);
}

let timer = 0;

function later(field) {
  clearTimeout(timer);
  timer = setTimeout(() => find(field), FIND_AFTER);
}

async function find(field) {
  const address = `${field.dataset.findSaved}?${new URLSearchParams({ words: field.value })}`;
  await readFrom(address, [document.getElementById("saved-found")]);
}

function open(event) {
  const field = event.target.querySelector?.("[data-find-saved]");
  if (!field || !event.target.open) return;
  find(field);
  field.focus();
}

// Alt S opens it from within the reply box; Enter takes the first, the arrows walk.
function walk(event) {
  const place = document.getElementById("saved");
  if (event.code === "KeyS" && event.altKey && place) {
    event.preventDefault();
    place.open = !place.open;
    if (!place.open) document.getElementById("reply")?.focus();
  }
  if (!event.target.closest?.("#saved")) return;
  if (event.key === "Enter" && event.target.matches("[data-find-saved]")) {
    event.preventDefault();
    document.querySelector("#saved-found button")?.click();
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
}

function step(event) {
  const all = [...document.querySelectorAll("[data-find-saved], #saved-found button")];
  const next = all[all.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

async function use(event) {
  const field = document.getElementById("reply");
  if (!event.target.matches("[data-use]") || !field) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(event.target));
  const headers = { Accept: "text/plain" };
  const answer = await fetch(event.target.action, { method: "POST", body, headers });
  if (!answer.ok) return;
  const words = await answer.text();
  document.getElementById("saved").open = false;
  const space = field.selectionStart && !/\s/.test(field.value[field.selectionStart - 1]) ? " " : "";
  field.setRangeText(space + words, field.selectionStart, field.selectionEnd, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
