/* Shows a call of the desk while no page of it is open; a press opens the page it is about. */

self.addEventListener("push", (event) => {
  const call = event.data.json();
  const shown = { body: call.text, tag: call.subject, requireInteraction: true, data: call.url };
  event.waitUntil(self.registration.showNotification(call.subject, shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
