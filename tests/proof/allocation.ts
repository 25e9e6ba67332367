// Splits of money against an oracle of their own, over currencies with no, two and three decimals, from text to text: no unit is lost.
import { splitNet } from '#app/domain/attribution/cap-shares.ts'
import { allocate } from '#app/domain/money/allocate.ts'
import { exponentOf } from '#app/domain/money/currency.ts'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import { type Claim, exactSplit } from './exact-split.ts'
import { type Draws, seededDraws } from './seeded-draws.ts'

export interface AllocationProof {
  cases: number
  /** Cases per currency. */
  currencies: Record<string, number>
  negative: number
  /** Cases that also split a net between payees and merchant. */
  royaltySplits: number
  failures: number
  /** The first case that went wrong, in words. */
  firstFailure: string | null
}

const CURRENCIES = ['JPY', 'KRW', 'EUR', 'USD', 'GBP', 'KWD', 'BHD'] as const
/** Every so many cases the order of the parts and the sign of the total are changed as well. */
const TURN_EVERY = 8

export function proveAllocation(
  options: { cases: number; seed: number },
  progress: (line: string) => void = () => {},
): AllocationProof {
  const draws = seededDraws(options.seed)
  const proof: AllocationProof = {
    cases: 0,
    currencies: Object.fromEntries(CURRENCIES.map((currency) => [currency, 0])),
    negative: 0,
    royaltySplits: 0,
    failures: 0,
    firstFailure: null,
  }
  const fail = (what: string) => {
    proof.failures += 1
    proof.firstFailure ??= what
  }
  for (let number = 0; number < options.cases; number++) {
    const currency = CURRENCIES[number % CURRENCIES.length] ?? 'EUR'
    const total = drawTotal(draws, currency, fail)
    const claims = drawClaims(draws)
    if (total < 0n) proof.negative += 1
    proof.currencies[currency] = (proof.currencies[currency] ?? 0) + 1
    const wrong = checkSplit(total, claims, number % TURN_EVERY === 0 ? draws : null)
    if (wrong) fail(`${wrong}: ${describeCase(total, currency, claims)}`)
    if (number % 4 === 0) {
      proof.royaltySplits += 1
      const unfair = checkRoyalties(draws, total)
      if (unfair) fail(`${unfair}: ${total} ${currency}`)
    }
    proof.cases += 1
    if (proof.cases % 500_000 === 0)
      progress(`${proof.cases} of ${options.cases} cases, ${proof.failures} wrong`)
  }
  return proof
}

/** As Shopify tells amounts: decimal text, of all sizes and signs; read and written by the app. */
function drawTotal(draws: Draws, currency: string, fail: (what: string) => void): bigint {
  const size = draws.bits(1 + draws.below(draws.chance(0.1) ? 50 : 24))
  const minor = draws.chance(0.3) ? -size : size
  const exponent = exponentOf(currency)
  const digits = String(size).padStart(exponent + 1, '0')
  const cut = digits.length - exponent
  const text = `${minor < 0n ? '-' : ''}${digits.slice(0, cut)}${exponent > 0 ? `.${digits.slice(cut)}` : ''}`
  const read = parseAmount(text, currency)
  if (!read.ok || read.minor !== minor)
    fail(`${text} ${currency} is read as ${JSON.stringify(read.ok && String(read.minor))}`)
  if (toDecimalText(minor, currency) !== text && minor !== 0n)
    fail(`${minor} ${currency} is written as ${toDecimalText(minor, currency)}`)
  return minor
}

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'].map((id) => `${id}-payee`)

function drawClaims(draws: Draws): Claim[] {
  const count = 1 + draws.below(draws.chance(0.1) ? 12 : 5)
  // Equal weights make ties, which the id must decide.
  const equal = draws.chance(0.2) ? draws.bits(10) + 1n : null
  const claims: Claim[] = []
  const turn = draws.below(IDS.length)
  for (let at = 0; at < count; at++) {
    const id = IDS[(at * 5 + turn) % IDS.length] ?? ''
    const weight = equal ?? (draws.chance(0.1) ? 0n : draws.bits(1 + draws.below(27)))
    claims.push({ id, weight })
  }
  if (claims.every((claim) => claim.weight === 0n)) claims[0] = { id: claims[0]?.id ?? '', weight: 1n }
  return claims
}

function checkSplit(total: bigint, claims: readonly Claim[], turn: Draws | null): string | null {
  const split = allocate(total, claims)
  const expected = exactSplit(total, claims)
  let sum = 0n
  for (let at = 0; at < claims.length; at++) {
    const part = split.get(claims[at]?.id ?? '')
    if (part === undefined || part !== expected[at])
      return `${claims[at]?.id} gets ${part}, not ${expected[at]}`
    sum += part
  }
  if (sum !== total) return `the parts add up to ${sum}`
  if (!turn) return null
  const turned = allocate(-total, turn.shuffle([...claims]))
  for (const [id, part] of split)
    if (turned.get(id) !== -part) return `${id} gets ${turned.get(id)} of the negated, turned split`
  return null
}

/** Payees of one line: their shares of net, the rest to the merchant, who gives way in ties. */
function checkRoyalties(draws: Draws, net: bigint): string | null {
  const scale = 100_000_000n
  const payees = Array.from({ length: 1 + draws.below(4) }, (_, at) => ({
    id: IDS[at] ?? '',
    weight: BigInt(draws.below(2500)) * BigInt(10_000 - draws.below(400)),
  }))
  const taken = payees.reduce((sum, payee) => sum + payee.weight, 0n)
  const { payees: targets, merchantMinor } = splitNet(net, payees)
  const expected = exactSplit(net, [...payees, { id: '\u{10ffff}', weight: scale - taken }])
  for (const [at, payee] of payees.entries())
    if (targets.get(payee.id) !== expected[at])
      return `royalty of ${payee.id} is ${targets.get(payee.id)}, not ${expected[at]}`
  return merchantMinor === expected.at(-1)
    ? null
    : `the merchant keeps ${merchantMinor}, not ${expected.at(-1)}`
}

function describeCase(total: bigint, currency: string, claims: readonly Claim[]): string {
  return `${total} ${currency} over ${claims.map((claim) => `${claim.id}:${claim.weight}`).join(' ')}`
}
