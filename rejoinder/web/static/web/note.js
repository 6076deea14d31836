/*
 * Calling a colleague in a note: behind an @ the names that go on so are buttons, and a press writes
 * the name. Without this one types the name; the server knows whom it means.
 */

/** Serve the note of this page, if it has one. */
export function start() {
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-calls]")) offer(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-call]");
    if (button) call(button);
  });
}

function begun(field) {
  return /(^|[^\p{L}\p{N}_])@([\p{L}\p{N} ]{0,40})$/u.exec(field.value.slice(0, field.selectionStart));
}

function offer(field) {
  const found = begun(field);
  const place = document.getElementById(field.dataset.calls);
  for (const button of place.querySelectorAll("[data-call]")) {
    const name = button.dataset.call.toLocaleLowerCase();
    button.hidden = !found || !name.startsWith(found[2].toLocaleLowerCase());
  }
}

function call(button) {
  const field = document.getElementById("note-text");
  const start = field.selectionStart - (begun(field)?.[2].length ?? 0);
  field.setRangeText(`${button.dataset.call} `, start, field.selectionStart, "end");
  field.focus();
  offer(field);
}
