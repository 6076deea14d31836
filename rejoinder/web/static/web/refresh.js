/*
 * Reads parts of the page again and morphs them in place. Focus, the caret and what somebody is
 * typing stay as they are; nothing is inserted above the row that somebody reads.
 */

import { Idiomorph } from "../vendor/idiomorph-0.8.0.esm.js";

/** Read again what lives on these topics. */
export async function refresh(topics) {
  const parts = [...document.querySelectorAll("[data-live]")].filter((part) =>
    part.dataset.live.split(" ").some((name) => topics.has(name) || anyOf(name, topics)),
  );
  await readAll(parts);
}

/** Read everything again that lives. */
export async function refreshAll() {
  await readAll([...document.querySelectorAll("[data-live]")]);
}

/** Read these elements again from one address, each by its id. */
export async function readFrom(address, parts) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  // Signed out, or removed: the sign-in page, not a piece of it.
  if (answer.redirected && new URL(answer.url).pathname !== new URL(address, location).pathname) {
    leave();
    return;
  }
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  show(await answer.text(), parts);
}

/** Put these elements as they are in another reading of the page, each by its id. */
export function show(html, parts) {
  const page = new DOMParser().parseFromString(html, "text/html");
  parts.forEach((part) => put(part, page.getElementById(part.id)));
  document.dispatchEvent(new CustomEvent("desk:refreshed"));
}

// Several parts find the door closed at once; a second reload would break off the first.
let leaving = false;

function leave() {
  if (leaving) return;
  leaving = true;
  location.reload();
}

// "account" follows every account, "conversation:1" only that one.
function anyOf(name, topics) {
  return !name.includes(":") && [...topics].some((topic) => topic.startsWith(`${name}:`));
}

async function readAll(parts) {
  const byAddress = new Map();
  for (const part of outermost(parts)) {
    const address = part.dataset.from || location.pathname + location.search;
    byAddress.set(address, [...(byAddress.get(address) || []), part]);
  }
  // One part that cannot be read keeps its old content; the others are read.
  await Promise.allSettled([...byAddress].map(([address, some]) => readFrom(address, some)));
}

function outermost(parts) {
  return parts.filter((part) => !parts.some((other) => other !== part && other.contains(part)));
}

function put(part, fresh) {
  if (!fresh) {
    part.classList.add("row-gone");
    return;
  }
  if (same(part, fresh)) return;
  document.dispatchEvent(new CustomEvent("desk:refreshing"));
  Idiomorph.morph(part, fresh, {
    ignoreActiveValue: true,
    restoreFocus: true,
    callbacks: { beforeNodeMorphed: leaveWhatSomebodyDoes, beforeAttributeUpdated: keepState },
  });
}

function same(part, fresh) {
  return part.outerHTML.replace(TOKEN, "") === fresh.outerHTML.replace(TOKEN, "");
}

// The token against forgery is masked anew on every page, and means the same.
const TOKEN = /name="csrfmiddlewaretoken" value="[^"]*"/g;

function leaveWhatSomebodyDoes(old) {
  const typed = old instanceof HTMLTextAreaElement && old.value !== old.defaultValue;
  return !(typed || old.dataset?.keep !== undefined);
}

function keepState(attribute, element) {
  const opened = attribute === "open" && element instanceof HTMLDetailsElement;
  const chosen = attribute === "checked" && element instanceof HTMLInputElement;
  return !(opened || chosen);
}
