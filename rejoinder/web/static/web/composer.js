/*
 * The reply box. The server counts as the platform does, keeps the draft and the room; this only
 * asks it, in time and not too often.
 */

import { Idiomorph } from "../vendor/idiomorph-0.8.0.esm.js";

const COUNT_AFTER = 200; // ms of rest before the text is counted
const SAVE_AFTER = 1_000; // ms of rest before the draft is kept
const SAVE_WITHIN = 5_000; // ms after which it is kept even while somebody types on

/** Serve the reply box of this page, if it has one. */
export function start() {
  const thread = document.getElementById("thread");
  if (thread) thread.scrollTop = thread.scrollHeight; // the newest words stand above the box
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("[data-composer]");
    // What pictures show is kept with the reply's words, and is none of them.
    if (form && event.target.matches("textarea")) later(form, form.elements.text);
  });
  document.addEventListener("focusin", (event) => {
    const form = event.target.closest?.("[data-composer]");
    if (form && event.target.matches("textarea")) reserve(form);
  });
  document.addEventListener("keydown", send);
  document.addEventListener("keydown", insertByKey);
  document.addEventListener("submit", insert);
  document.addEventListener("submit", once);
  document.addEventListener("scroll", follow, true);
  addEventListener("pagehide", saveAtOnce);
  document.addEventListener("desk:refreshing", saveAtOnce); // the box may be gone afterwards
}

const timers = new WeakMap();

function later(form, field) {
  const mine = timers.get(form) || {};
  clearTimeout(mine.count);
  clearTimeout(mine.save);
  mine.count = setTimeout(() => check(form, field), COUNT_AFTER);
  mine.since ||= Date.now();
  const rest = Math.min(SAVE_AFTER, Math.max(0, mine.since + SAVE_WITHIN - Date.now()));
  mine.save = setTimeout(() => save(form, field.value), rest);
  mine.unsaved = field.value;
  timers.set(form, mine);
}

// How long it is, and what stands against sending it as it is: one question for both.
async function check(form, field) {
  const text = field.value;
  const said = await ask(form.dataset.check, form, { text });
  if (!said || field.value !== text) return; // typed on: the next one asks again
  const place = form.querySelector("[data-counter]");
  const button = form.querySelector("[data-send]");
  // From here on they follow what is typed: a page read again knows the saved draft only.
  place.dataset.keep = button.dataset.keep = "";
  place.firstElementChild.textContent = said.used;
  place.lastElementChild.textContent = said.rest;
  place.classList.toggle("counter-over", !said.ok);
  button.setAttribute("aria-disabled", String(!said.ok || said.stops));
  say(form.querySelector("[data-checked]"), said.block);
  say(form.querySelector("[data-hints]"), said.hints);
  const marks = form.querySelector("[data-marks]");
  marks.innerHTML = said.marks;
  marks.scrollTop = field.scrollTop;
}

// Only what has changed is said again, and a reason that somebody is writing stays.
function say(place, block) {
  if (block === place.dataset.said) return;
  place.dataset.said = block;
  Idiomorph.morph(place, block, { morphStyle: "innerHTML", ignoreActiveValue: true });
}

async function save(form, text) {
  const mine = timers.get(form);
  if (mine) mine.since = 0;
  const said = await ask(form.dataset.draft, form, { text, ...shown(form) });
  tellRoom(form, said || { room: form.dataset.lost, seconds: 0 });
  if (said && mine?.unsaved === text) mine.unsaved = undefined;
}

function shown(form) {
  const fields = form.querySelectorAll("[name^=alt-]");
  return Object.fromEntries([...fields].map((field) => [field.name, field.value]));
}

// Room is kept before the first word is typed, once for each time the page is opened.
async function reserve(form) {
  if (form.dataset.reserved || !form.dataset.start) return; // who learns reserves nothing
  form.dataset.reserved = "yes";
  const said = await ask(form.dataset.start, form, {});
  if (said) tellRoom(form, said);
  else delete form.dataset.reserved;
}

function tellRoom(form, said) {
  const room = form.querySelector("[data-room]");
  room.textContent = said.room;
  room.dataset.left = said.seconds;
}

async function ask(address, form, values) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers,
      body: new URLSearchParams(values),
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function send(event) {
  if (event.key !== "Enter") return;
  const asked = { past: "[data-past]", at: "[data-later]", alt: "[data-attach]" }[event.target.name];
  if (asked && event.target.closest("[data-composer]")) {
    event.preventDefault(); // it belongs to its own button, not to what stands first in the form
    document.querySelector(asked).click();
  }
  if (!(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.(".composer form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

// In the reply box a letter alone is typed: there it is Alt I, and Alt G for the guard.
function insertByKey(event) {
  const asked = { KeyI: "[data-insert]", KeyG: "[data-guard]" }[event.code];
  if (!asked || !event.altKey || event.target.id !== "reply") return;
  event.preventDefault();
  document.querySelector(asked)?.click();
}

// The answer goes where the caret is; without this the server puts it behind the draft.
function insert(event) {
  const { insert: text, becomes } = event.submitter?.dataset || {};
  const field = document.getElementById("reply");
  if (!field || (text === undefined && becomes === undefined)) return;
  event.preventDefault();
  if (becomes === undefined) atCaret(field, text);
  else field.setRangeText(becomes, 0, field.value.length, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function atCaret(field, text) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const space = start && !/\s/.test(value[start - 1]) ? " " : "";
  const gap = end < value.length && !/\s/.test(value[end]) ? " " : "";
  field.setRangeText(space + text + gap, start, end, "end");
}

// One press is one reply; what is too long stays here with its counter.
function once(event) {
  const form = event.target;
  const button = form.querySelector("[data-send]");
  if (!button || event.defaultPrevented || event.submitter?.hasAttribute("formaction")) return;
  const past = event.submitter?.dataset.past !== undefined; // sending past the guard
  const stopped = button.getAttribute("aria-disabled") === "true" && !past;
  if (stopped || form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const mine = timers.get(form);
  clearTimeout(mine?.save);
  if (mine) mine.unsaved = undefined;
}

// The layer that underlines stands behind the field and moves with it.
function follow(event) {
  if (event.target.id !== "reply") return;
  document.getElementById("draft-marks").scrollTop = event.target.scrollTop;
}

function saveAtOnce() {
  const form = document.querySelector("[data-composer]");
  const text = form && timers.get(form)?.unsaved;
  if (text === undefined || text === null) return;
  timers.get(form).unsaved = undefined;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ text, ...shown(form), csrfmiddlewaretoken: token });
  navigator.sendBeacon(form.dataset.draft, body);
}
