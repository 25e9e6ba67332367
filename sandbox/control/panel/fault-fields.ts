// The forms of the faults; their values are read and written by the panel's script.
import { html } from 'hono/html'

type Html = ReturnType<typeof html>

interface FaultField {
  /** Path in the JSON, dots between. */
  name: string
  label: string
  kind: 'share' | 'number' | 'flag'
}

const WEBHOOK_FAULTS: FaultField[] = [
  { name: 'duplicate', label: 'Delivered twice', kind: 'share' },
  { name: 'drop', label: 'Never delivered', kind: 'share' },
  { name: 'reorder', label: 'Out of order', kind: 'share' },
  { name: 'forge', label: 'With a wrong signature', kind: 'share' },
  { name: 'delayMs', label: 'Delay, ms', kind: 'number' },
  { name: 'seed', label: 'Seed', kind: 'number' },
]

const API_FAULTS: FaultField[] = [
  { name: 'tokenLifetimeSeconds', label: 'Access tokens live, seconds', kind: 'number' },
  { name: 'graphqlErrorRate', label: 'Requests answered with 502', kind: 'share' },
  { name: 'graphqlDelayMs', label: 'Delay of each answer, ms', kind: 'number' },
  { name: 'throttle.maximumAvailable', label: 'Cost bucket, points', kind: 'number' },
  { name: 'throttle.restoreRate', label: 'Points restored a second', kind: 'number' },
  { name: 'refuseRefresh', label: 'Refuse every refresh', kind: 'flag' },
  { name: 'omitExpiresIn', label: 'Leave out expires_in', kind: 'flag' },
]

export function webhookFaultFields(): Html {
  return faultForm('/control/webhooks/faults', WEBHOOK_FAULTS)
}

export function apiFaultFields(): Html {
  return faultForm('/control/faults', API_FAULTS)
}

function faultForm(url: string, fields: FaultField[]): Html {
  return html`<form class="faults" data-faults="${url}">${fields.map(({ name, label, kind }) =>
    kind === 'flag'
      ? html`<label class="flag"><input type="checkbox" name="${name}" data-kind="flag">${label}</label>`
      : html`<label>${label}<input type="number" name="${name}" data-kind="number" min="0"${kind === 'share' ? html` max="1" step="0.01"` : ''}></label>`,
  )}<div class="buttons"><button class="button primary">Apply</button></div></form>`
}
