/* Times that run down where the server said how much is left: an undo, the room for a reply. */

/** Count down everything on the page that runs down, also what comes later. */
export function start() {
  setInterval(() => {
    document.querySelectorAll("[data-seconds]").forEach(undo);
    document.querySelectorAll("[data-left]").forEach(room);
  }, 1000);
}

function undo(place) {
  const left = Number(place.dataset.seconds) - 1;
  if (left >= 0) {
    place.textContent = place.textContent.replace(/\d+/, String(left));
    place.dataset.seconds = String(left);
    return;
  }
  const strip = place.closest("form");
  place.removeAttribute("data-seconds");
  place.parentElement.textContent = place.dataset.over;
  strip.querySelector("button").remove();
}

function room(place) {
  const left = Number(place.dataset.left) - 1;
  if (left < 0) return;
  place.dataset.left = String(left);
  place.textContent = left
    ? place.textContent.replace(/\d+:\d\d/, clock(left))
    : place.dataset.ended;
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
