// Renews the list while the page is looked at; what somebody is typing stays as it is.
const EVERY = 3000

const list = document.getElementById('timeline')

async function renew() {
  if (document.hidden || list.contains(document.activeElement)) return
  const answer = await fetch('/timeline')
  if (answer.ok) list.innerHTML = await answer.text()
}

if (location.pathname === '/') setInterval(() => renew().catch(() => {}), EVERY)
