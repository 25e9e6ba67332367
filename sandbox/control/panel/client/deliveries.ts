// The table of webhook deliveries, newest first.
import { callControl } from './call-control.ts'

interface Delivery {
  id: string
  topic: string
  shop: string
  status: string
  forged: boolean
  attempts: Array<{ status: number | null; error: string | null }>
  triggeredAt?: string
}

const MOST = 60
let drawn = ''

export async function drawDeliveries(): Promise<void> {
  const table = document.getElementById('deliveries')
  if (!table) return
  const answer = (await callControl(`/control/webhooks?limit=${MOST}`)) as {
    counts: Record<string, number>
    deliveries: Delivery[]
  }
  const { deliveries, counts } = answer
  const text = JSON.stringify(answer)
  if (text === drawn || table.contains(document.activeElement)) return
  drawn = text
  table.replaceChildren(...(deliveries.length > 0 ? deliveries.map(row) : [emptyRow()]))
  const words = Object.entries(counts).flatMap(([status, count]) => (count > 0 ? [`${count} ${status}`] : []))
  const sum = document.getElementById('webhook-sum')
  if (sum) sum.textContent = words.join(', ')
}

function row(delivery: Delivery): HTMLElement {
  const line = document.createElement('tr')
  const last = delivery.attempts[delivery.attempts.length - 1]
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
  badge.textContent = delivery.forged ? `${delivery.status}, forged` : delivery.status
  if (last) badge.title = last.error ?? `The app answered ${last.status}.`
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
    String(delivery.attempts.length),
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
  cell.style.textAlign = 'start'
  cell.textContent = 'No deliveries yet. Place an order, and its webhooks show up here.'
  line.append(cell)
  return line
}
