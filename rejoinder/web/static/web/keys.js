/*
 * Single letters, after LOOK.md: whatever carries `data-key` is pressed, or gets focus if one
 * types into it. Only outside text fields, never with Ctrl, Alt or Meta, and one can turn them
 * off (WCAG 2.1.4).
 */

const TYPED_INTO =
  "input:not([type=radio], [type=checkbox], [type=hidden]), textarea, select, [contenteditable]";

/** Act on keys for as long as the page is open. */
export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches?.(TYPED_INTO)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "Escape" && closeOpened()) return;
    if (event.key !== "Escape" && document.body.dataset.keys === "off") return;
    const found = holder(event.key);
    if (!found) return;
    event.preventDefault();
    press(found);
  });
}

// A capital is pressed with Shift; where nothing carries it, its small letter is meant.
function holder(key) {
  const small = key.length === 1 ? key.toLowerCase() : key;
  return at(key) || at(small);
}

function at(name) {
  return document.querySelector(`[data-key="${CSS.escape(name)}"]`);
}

// What nobody should do by one slip of a finger takes focus, and Enter does it.
function press(found) {
  if (found.dataset.focus !== undefined) {
    found.focus();
    return;
  }
  if (!found.matches(TYPED_INTO)) {
    found.click();
    found.closest("details[open]")?.querySelector(`[data-first], ${TYPED_INTO}`)?.focus();
    return;
  }
  // A field may stand on the tab that is not shown.
  document.getElementById(found.closest("[class*=way-]")?.className.match(/way-\w+/)?.[0])?.click();
  found.focus();
}

function closeOpened() {
  const opened = [...document.querySelectorAll("details.act-place[open]")];
  opened.forEach((place) => {
    place.open = false;
    place.querySelector("summary").focus();
  });
  return opened.length > 0;
}
