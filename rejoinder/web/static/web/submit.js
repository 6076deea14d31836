/* Ctrl Enter keeps a form that says so, from within any of its fields. */

/** Act for as long as the page is open. */
export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest?.("form[data-submit]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
