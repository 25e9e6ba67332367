// Orders of one limited drop that look like one customer's under several names. It only says where to look: families, neighbours and friends
// who order for each other are no evasion.

export type AliasKind = 'customer' | 'email' | 'phone' | 'address'

/** What an order tells of its buyer, as Shopify gives it. */
export interface BuyerTraces {
  email: string | null
  phone: string | null
  address: { address1: string | null; city: string | null; zip: string | null; country: string | null } | null
}

export interface AliasKey {
  kind: Exclude<AliasKind, 'customer'>
  /** The same for every spelling that reaches the same mailbox, telephone or door. */
  value: string
}

/** Nothing of what is too short to tell two people apart. */
export function aliasKeys({ email, phone, address }: BuyerTraces): AliasKey[] {
  const keys: Array<[AliasKey['kind'], string | null]> = [
    ['email', email === null ? null : mailboxOf(email)],
    ['phone', phone === null ? null : phoneOf(phone)],
    ['address', address === null ? null : doorOf(address)],
  ]
  return keys.flatMap(([kind, value]) => (value === null ? [] : [{ kind, value }]))
}

const DOTLESS = new Set(['gmail.com', 'googlemail.com'])

/** What stands behind a plus reaches the same mailbox nearly everywhere; dots do so at Google. */
function mailboxOf(email: string): string | null {
  const [name, domain, ...rest] = email.trim().toLowerCase().split('@')
  if (!name || !domain || rest.length > 0) return null
  const plain = name.split('+')[0] ?? ''
  if (!DOTLESS.has(domain)) return plain === '' ? null : `${plain}@${domain}`
  const dotless = plain.replaceAll('.', '')
  return dotless === '' ? null : `${dotless}@gmail.com`
}

/** With and without the country's number, the last nine digits are the subscriber's. */
function phoneOf(phone: string): string | null {
  const digits = phone.replace(/\D/g, '')
  return digits.length < 7 ? null : digits.slice(-9)
}

const SHORT_FORMS: Record<string, string> = {
  street: 'st',
  road: 'rd',
  avenue: 'ave',
  lane: 'ln',
  drive: 'dr',
  strasse: 'str',
  platz: 'pl',
  place: 'pl',
  piazza: 'pza',
  calle: 'c',
}

/** The house, whatever flat in it: whoever writes another flat each time is found, and so are neighbours. */
function doorOf({ address1, city, zip, country }: NonNullable<BuyerTraces['address']>): string | null {
  const words = wordsOf(address1 ?? '').map((word) => SHORT_FORMS[word] ?? word)
  const place = (zip ?? '').toLowerCase().replace(/[^a-z0-9]/g, '') || wordsOf(city ?? '').join('')
  if (words.length === 0 || place === '') return null
  return [(country ?? '').toLowerCase(), place, ...words.sort()].join('/')
}

/** Without accents and punctuation; "Hauptstraße" and "Haupt Str." are the same words. */
function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^a-z0-9\s]/g, (sign) => (/\p{M}/u.test(sign) ? '' : ' '))
    .replace(/(\w{3,})(strasse|str)\b/g, '$1 $2')
    .split(/\s+/)
    .filter((word) => word !== '')
}

export interface TracedOrder {
  orderId: string
  name: string
  /** Null: nobody knows. */
  customerKey: string | null
  /** Of the drop, and kept. */
  pieces: number
  traces: Array<{ kind: AliasKey['kind']; digest: string }>
}

export interface AliasGroup {
  orders: TracedOrder[]
  pieces: number
  /** What ties them together. */
  by: AliasKind[]
}

/** Orders that hang together by anything and hold more than the limit between them; in order of their numbers. */
export function findAliases(orders: readonly TracedOrder[], limit: number): AliasGroup[] {
  const counted = orders.filter(({ pieces }) => pieces > 0)
  const groups = new Map<string, TracedOrder[]>(counted.map((order) => [order.orderId, [order]]))
  const firstOf = new Map<string, string>()
  const tied = new Map<string, Set<AliasKind>>()
  for (const order of counted)
    for (const { kind, key } of tiesOf(order)) {
      const first = firstOf.get(key)
      if (first === undefined) firstOf.set(key, order.orderId)
      else {
        join(groups, first, order.orderId)
        tied.set(key, new Set([kind]))
      }
    }
  return [...new Set(groups.values())]
    .filter((group) => group.length > 1)
    .map((group): AliasGroup => {
      const by = new Set(group.flatMap(tiesOf).flatMap(({ key }) => [...(tied.get(key) ?? [])]))
      const sorted = [...group].sort((left, right) => (BigInt(left.orderId) < BigInt(right.orderId) ? -1 : 1))
      const pieces = group.reduce((sum, order) => sum + order.pieces, 0)
      return { orders: sorted, pieces, by: [...by].sort() }
    })
    .filter(({ pieces }) => pieces > limit)
}

function tiesOf({ customerKey, traces }: TracedOrder): Array<{ kind: AliasKind; key: string }> {
  const ties = traces.map(({ kind, digest }) => ({ kind: kind as AliasKind, key: `${kind}/${digest}` }))
  return customerKey === null ? ties : [...ties, { kind: 'customer', key: `customer/${customerKey}` }]
}

/** Both groups become one, the same for each of their orders. */
function join(groups: Map<string, TracedOrder[]>, left: string, right: string): void {
  const [into, from] = [groups.get(left), groups.get(right)]
  if (!into || !from || into === from) return
  for (const order of from) {
    into.push(order)
    groups.set(order.orderId, into)
  }
}
