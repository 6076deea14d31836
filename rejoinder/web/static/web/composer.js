/*
 * The reply box. The server counts as the platform does, keeps the draft and the room; this only
 * asks it, in time and not too often.
 */

const COUNT_AFTER = 200; // ms of rest before the text is counted
const SAVE_AFTER = 1_000; // ms of rest before the draft is kept
const SAVE_WITHIN = 5_000; // ms after which it is kept even while somebody types on

/** Serve the reply box of this page, if it has one. */
export function start() {
  const thread = document.getElementById("thread");
  if (thread) thread.scrollTop = thread.scrollHeight; // the newest words stand above the box
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("[data-composer]");
    if (form) later(form, event.target);
  });
  document.addEventListener("focusin", (event) => {
    const form = event.target.closest?.("[data-composer]");
    if (form && event.target.matches("textarea")) reserve(form);
  });
  document.addEventListener("keydown", send);
  document.addEventListener("keydown", insertByKey);
  document.addEventListener("submit", insert);
  document.addEventListener("submit", once);
  addEventListener("pagehide", saveAtOnce);
  document.addEventListener("desk:refreshing", saveAtOnce); // the box may be gone afterwards
}

const timers = new WeakMap();

function later(form, field) {
  const mine = timers.get(form) || {};
  clearTimeout(mine.count);
  clearTimeout(mine.save);
  mine.count = setTimeout(() => count(form, field.value), COUNT_AFTER);
  mine.since ||= Date.now();
  const rest = Math.min(SAVE_AFTER, Math.max(0, mine.since + SAVE_WITHIN - Date.now()));
  mine.save = setTimeout(() => save(form, field.value), rest);
  mine.unsaved = field.value;
  timers.set(form, mine);
}

async function count(form, text) {
  const said = await ask(form.dataset.count, form, { text, channel: form.dataset.channel });
  if (!said) return;
  const place = form.querySelector("[data-counter]");
  const button = form.querySelector("[data-send]");
  // From here on they follow what is typed: a page read again knows the saved draft only.
  place.dataset.keep = button.dataset.keep = "";
  place.firstElementChild.textContent = said.used;
  place.lastElementChild.textContent = said.rest;
  place.classList.toggle("counter-over", !said.ok);
  button.setAttribute("aria-disabled", String(!said.ok));
}

async function save(form, text) {
  const mine = timers.get(form);
  if (mine) mine.since = 0;
  const said = await ask(form.dataset.draft, form, { text });
  tellRoom(form, said || { room: form.dataset.lost, seconds: 0 });
  if (said && mine?.unsaved === text) mine.unsaved = undefined;
}

// Room is kept before the first word is typed, once for each time the page is opened.
async function reserve(form) {
  if (form.dataset.reserved) return;
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
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.(".composer form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

// In the reply box a letter alone is typed: there it is Alt I.
function insertByKey(event) {
  if (event.code !== "KeyI" || !event.altKey || event.target.id !== "reply") return;
  event.preventDefault();
  document.querySelector("[data-insert]")?.click();
}

// The answer goes where the caret is; without this the server puts it behind the draft.
function insert(event) {
  const text = event.submitter?.dataset.insert;
  const field = document.getElementById("reply");
  if (text === undefined || !field) return;
  event.preventDefault();
  const { selectionStart: start, selectionEnd: end, value } = field;
  const space = start && !/\s/.test(value[start - 1]) ? " " : "";
  const gap = end < value.length && !/\s/.test(value[end]) ? " " : "";
  field.setRangeText(space + text + gap, start, end, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// One press is one reply; what is too long stays here with its counter.
function once(event) {
  const form = event.target;
  const button = form.querySelector("[data-send]");
  if (!button) return;
  if (button.getAttribute("aria-disabled") === "true" || form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const mine = timers.get(form);
  clearTimeout(mine?.save);
  if (mine) mine.unsaved = undefined;
}

function saveAtOnce() {
  const form = document.querySelector("[data-composer]");
  const text = form && timers.get(form)?.unsaved;
  if (text === undefined || text === null) return;
  timers.get(form).unsaved = undefined;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ text, csrfmiddlewaretoken: token });
  navigator.sendBeacon(form.dataset.draft, body);
}
