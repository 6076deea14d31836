/* Seconds that run down where the server said how many are left. */

/** Count down every `data-seconds` on the page, also those that come later. */
export function start() {
  setInterval(() => document.querySelectorAll("[data-seconds]").forEach(tick), 1000);
}

function tick(place) {
  const left = Number(place.dataset.seconds) - 1;
  if (left >= 0) {
    place.textContent = place.textContent.replace(/\d+/, String(left));
    place.dataset.seconds = String(left);
    return;
  }
  const strip = place.closest("form");
  if (!strip || !place.dataset.over) return;
  place.removeAttribute("data-seconds");
  place.parentElement.textContent = place.dataset.over;
  strip.querySelector("button")?.remove();
}
