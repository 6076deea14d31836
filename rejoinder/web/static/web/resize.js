/* Column widths: the edge of a column is dragged, or moved by arrows; the menu does the same. */

const WIDTHS = ["narrow", "usual", "wide"];
const STEP = 64; // pixels of dragging from one width to the next

document.addEventListener("keydown", byKey);
document.addEventListener("pointerdown", begin);

function byKey(event) {
  const edge = event.target.closest?.("[data-edge]");
  const by = { ArrowLeft: -1, ArrowRight: 1, Home: -2, End: 2 }[event.key];
  if (!edge || !by) return;
  event.preventDefault();
  if (show(edge, now(edge) + by * direction(edge))) keep(edge);
}

function begin(event) {
  const edge = event.target.closest?.("[data-edge]");
  if (!edge || event.button) return;
  const column = edge.closest("[data-column]");
  const [from, start] = [event.clientX, now(edge)];
  column.draggable = false; // else the whole column would be carried
  edge.setPointerCapture(event.pointerId);
  const move = (to) => show(edge, start + Math.round(((to.clientX - from) / STEP) * direction(edge)));
  const end = () => {
    edge.removeEventListener("pointermove", move);
    column.draggable = true;
    if (now(edge) !== start) keep(edge);
  };
  edge.addEventListener("pointermove", move);
  edge.addEventListener("lostpointercapture", end, { once: true });
}

function now(edge) {
  return Number(edge.getAttribute("aria-valuenow"));
}

// In a script from right to left the edge is on the left.
function direction(edge) {
  return getComputedStyle(edge).direction === "rtl" ? -1 : 1;
}

// Whether it is another width than before.
function show(edge, wanted) {
  const to = Math.min(WIDTHS.length - 1, Math.max(0, wanted));
  if (to === now(edge)) return false;
  const column = edge.closest("[data-column]");
  const choice = column.querySelector("select[name=width]");
  column.classList.remove(...WIDTHS.map((width) => `column-${width}`));
  column.classList.add(`column-${WIDTHS[to]}`);
  choice.value = WIDTHS[to];
  edge.setAttribute("aria-valuenow", to);
  edge.setAttribute("aria-valuetext", choice.selectedOptions[0].text);
  return true;
}

// The form of the menu is what is sent; the page stays, so that the edge keeps the focus.
async function keep(edge) {
  const form = edge.closest("[data-column]").querySelector("select[name=width]").form;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
    });
    if (answer.ok) return;
  } catch {
    // The form says what went wrong.
  }
  form.requestSubmit();
}
