/*
 * Keeps the page current. The stream carries names of what changed, never content: each part of
 * the page that says `data-live="name …"` is read again from `data-from` (or this address) under
 * the reader's own rights, and the element with the same id is morphed into the new one.
 */

import { refresh, refreshAll } from "./refresh.js";

const GATHER = 250; // ms; changes of one moment become one reading
const POLL = 15_000; // ms between readings while there is no stream
const LONGEST = 30_000; // ms between attempts to get the stream back

let wanted = new Set();
let timer = 0;
let poll = 0;
let wait = 1_000;

/** Open the stream of this page and follow it for as long as the page is open. */
export function follow() {
  const address = document.body.dataset.stream;
  if (!address || !window.EventSource) return;
  connect(address);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") changed(["everything"]);
  });
}

function connect(address) {
  const source = new EventSource(address);
  let begun = false;
  source.addEventListener("open", () => {
    wait = 1_000;
    live(true);
    // Whatever changed between the page and the stream, or while the stream was gone.
    if (begun || poll) changed(["everything"]);
    begun = true;
  });
  source.addEventListener("message", (event) => changed(JSON.parse(event.data).topics));
  source.addEventListener("error", () => {
    live(false);
    // The browser tries again by itself unless the answer was a refusal.
    if (source.readyState !== EventSource.CLOSED) return;
    changed(["everything"]); // signed out or removed: reading again leads to the door
    setTimeout(() => connect(address), wait);
    wait = Math.min(wait * 2, LONGEST);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

function changed(topics) {
  topics.forEach((topic) => wanted.add(topic));
  timer ||= setTimeout(read, GATHER);
}

async function read() {
  const topics = wanted;
  wanted = new Set();
  try {
    await (topics.has("everything") ? refreshAll() : refresh(topics));
  } finally {
    timer = wanted.size ? setTimeout(read, GATHER) : 0;
  }
}

function live(on) {
  document.querySelectorAll('[data-when="unlive"]').forEach((words) => {
    words.hidden = on;
  });
  document.documentElement.toggleAttribute("data-live-on", on);
  if (on) {
    clearInterval(poll);
    poll = 0;
  } else {
    poll ||= setInterval(() => changed(["everything"]), POLL);
  }
}
