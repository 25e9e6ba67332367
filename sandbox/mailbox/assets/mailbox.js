// Keeps the list fresh while the page is looked at.
const EVERY_MS = 3000

async function refresh() {
  if (document.hidden) return
  try {
    const answer = await fetch(location.href)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const [old, fresh] = [document.getElementById('messages'), page.getElementById('messages')]
    if (!old || !fresh || old.innerHTML === fresh.innerHTML) return
    old.replaceWith(fresh)
    const empty = document.querySelector('.list .empty')
    if (fresh.children.length > 0) empty?.remove()
  } catch {
    // The sandbox is restarting; the next turn tries again.
  }
}

setInterval(refresh, EVERY_MS)
