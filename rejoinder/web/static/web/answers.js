/* While somebody writes an answer, the server says how it reads and what changed. */

const AFTER = 700; // ms of rest before it is asked

const form = document.getElementById("writing");
let timer;
let asking;

form?.addEventListener("input", () => {
  form.dataset.unkept = "yes";
  clearTimeout(timer);
  timer = setTimeout(look, AFTER);
});
form?.addEventListener("submit", (event) => {
  if (event.submitter?.value !== "look") {
    delete form.dataset.unkept;
    return;
  }
  event.preventDefault();
  look();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || !form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[data-save]"));
});
// The browser asks whether what was written and not kept may go.
addEventListener("beforeunload", (event) => {
  if (form?.dataset.unkept) event.preventDefault();
});

async function look() {
  asking?.abort();
  asking = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "look");
  const address = location.pathname + location.search;
  try {
    const answer = await fetch(address, { method: "POST", body, signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // Typed on, or not reached: what was shown stays, and the button remains.
  }
}

function show(page) {
  for (const id of ["looked", "short-length"]) {
    const fresh = page.getElementById(id);
    const place = document.getElementById(id);
    const open = place.querySelector("details")?.open;
    place.replaceChildren(...fresh.childNodes);
    const details = place.querySelector("details");
    if (details && open !== undefined) details.open = open;
  }
}
