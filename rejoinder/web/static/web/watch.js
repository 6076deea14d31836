/* Tries a watch while it is written: the server reads the words and shows what they catch. */

const AFTER = 400; // ms of rest before the words are tried

const form = document.getElementById("watch");
let timer;
let asking;

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(preview, AFTER);
});
form?.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "preview") return;
  event.preventDefault();
  preview();
});

async function preview() {
  asking?.abort();
  asking = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  body.set("preview", "yes");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // Typed on, or not reached: what was shown stays, and the button remains.
  }
}

function show(page) {
  for (const id of ["mistake", "preview"]) {
    document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  }
  const words = form.elements.words;
  words.toggleAttribute("aria-invalid", page.querySelector("#mistake .wrong") !== null);
}
