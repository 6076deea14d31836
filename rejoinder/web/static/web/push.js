/* Joining this browser to those that are called: asks the browser, then sends the form. */

const FIELDS = { endpoint: (one) => one.endpoint, key: (one) => one.keys.p256dh, secret: (one) => one.keys.auth };

/** Ready the form, where the browser can be called at all. */
export function start() {
  const form = document.querySelector("form[data-push]");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  form.querySelector("[data-push-none]").hidden = true;
  form.querySelector("button").disabled = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    join(form).catch(() => {
      form.querySelector("[data-push-refused]").hidden = false;
    });
  });
}

async function join(form) {
  const worker = await navigator.serviceWorker.register(form.dataset.worker);
  const made = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(form.dataset.push),
  });
  const given = made.toJSON();
  for (const [name, of] of Object.entries(FIELDS)) form.elements[name].value = of(given);
  form.submit();
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
