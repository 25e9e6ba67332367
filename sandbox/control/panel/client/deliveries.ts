// The table of webhook deliveries, newest first.
import { callControl } from './call-control.ts'

interface Delivery {
  id: string
  topic: string
  shop: string
  status: string
  attempts?: number | unknown[]
  triggeredAt?: string
  lastError?: string | null
}

const MOST = 60
let drawn = ''

export async function drawDeliveries(): Promise<void> {
  const table = document.getElementById('deliveries')
  if (!table) return
  const answer = (await callControl('/control/webhooks')) as { deliveries?: Delivery[] }
  const deliveries = answer.deliveries ?? []
  const text = JSON.stringify(deliveries)
  if (text === drawn || table.contains(document.activeElement)) return
  drawn = text
  const shown = [...deliveries].reverse().slice(0, MOST)
  table.replaceChildren(...(shown.length > 0 ? shown.map(row) : [emptyRow()]))
  const waiting = deliveries.filter((delivery) => delivery.status === 'pending').length
  const sum = document.getElementById('webhook-sum')
  if (sum) sum.textContent = `${deliveries.length} deliveries, ${waiting} waiting`
}

function row(delivery: Delivery): HTMLElement {
  const line = document.createElement('tr')
  const attempts = Array.isArray(delivery.attempts) ? delivery.attempts.length : (delivery.attempts ?? 0)
  const badge = document.createElement('span')
  badge.className = 'badge'
  badge.dataset.tone =
    delivery.status === 'delivered'
      ? 'good'
      : delivery.status === 'failed'
        ? 'bad'
        : delivery.status === 'pending'
          ? 'warn'
          : 'muted'
  badge.textContent = delivery.status
  if (delivery.lastError) badge.title = delivery.lastError
  const again = document.createElement('button')
  again.type = 'button'
  again.className = 'button small'
  again.textContent = 'Deliver again'
  again.dataset.post = `/control/webhooks/${delivery.id}/redeliver`
  again.dataset.done = `${delivery.topic} was delivered again.`
  const time = delivery.triggeredAt ? new Date(delivery.triggeredAt).toLocaleString('en') : ''
  const cells = [
    delivery.topic,
    delivery.shop.replace('.myshopify.com', ''),
    time,
    badge,
    String(attempts),
    again,
  ]
  for (const content of cells) {
    const cell = document.createElement('td')
    cell.append(content)
    line.append(cell)
  }
  return line
}

function emptyRow(): HTMLElement {
  const line = document.createElement('tr')
  const cell = document.createElement('td')
  cell.colSpan = 6
  cell.className = 'faint'
  cell.textContent = 'No deliveries yet. Place an order, and its webhooks show up here.'
  line.append(cell)
  return line
}
