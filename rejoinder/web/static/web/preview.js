/*
 * A form whose effect is seen before it counts: a slider says its value, and letting go of it draws
 * what the settings would change. Without this a button does the same.
 */

import { show } from "./refresh.js";

/** Begin on a page with such a form. */
export function start() {
  const form = document.querySelector("form[data-preview]");
  if (!form) return;
  form.addEventListener("input", ({ target }) => say(form, target));
  form.addEventListener("change", () => preview(form));
}

function say(form, field) {
  const said = form.querySelector(`output[for="${field.id}"]`);
  if (said) said.value = field.value;
}

// Of two previews under way only the later one is shown.
let asking = new AbortController();

async function preview(form) {
  if (!form.checkValidity()) return;
  asking.abort();
  asking = new AbortController();
  const body = new FormData(form);
  const asked = { method: "POST", body, headers: { Accept: "text/html" }, signal: asking.signal };
  try {
    const answer = await fetch(form.dataset.preview, asked);
    // Led elsewhere: what was typed is no setting yet, and the button will say so.
    if (answer.ok && !answer.redirected) show(await answer.text(), parts(form));
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function parts(form) {
  return form.dataset.shows.split(" ").map((id) => document.getElementById(id));
}
