// Proves an exported claim log: that no row was changed, left out or put in, and that each claim was allowed by the facts that it names.
// Needs nothing but the file.
import type { IsoInstant } from '../time/instant.ts'
import { CLAIM_GENESIS, CLAIM_KINDS, type ClaimRow, claimRowText } from './claim-log.ts'
import { judgeStock } from './scarcity.ts'

export type ClaimFault =
  | 'unreadable'
  /** The text differs from what its hash was taken of. */
  | 'changed'
  /** A row before it is missing, or one was put in. */
  | 'out_of_sequence'
  /** It does not carry the hash of the row before it. */
  | 'not_linked'
  | 'other_shop'
  | 'unknown_kind'
  /** It ends a claim that does not stand. */
  | 'ends_nothing'
  /** It was to be shown before it was written down, or after its own end. */
  | 'wrong_window'
  /** The facts that it names did not allow it. */
  | 'not_allowed'
  /** The file ends before its last row. */
  | 'cut_off'

export type ClaimVerdict =
  | { ok: true; shop: string | null; rows: number; head: string }
  | { ok: false; rows: number; line: number; seq: number | null; fault: ClaimFault; message: string }

/** One line of an export: a row with its hash. */
export function claimExportLine(rowText: string, hash: string): string {
  return `{"hash":"${hash}","row":${rowText}}`
}

/** The last line of an export, without which it counts as cut off. */
export function claimExportEnd(rows: number, head: string): string {
  return `{"end":{"head":"${head}","rows":${rows}}}`
}

/** Reads line by line and stops at the first bad one. `sha256Hex` of the UTF-8 text. */
export async function verifyClaims(
  lines: Iterable<string> | AsyncIterable<string>,
  sha256Hex: (text: string) => string,
): Promise<ClaimVerdict> {
  const state: ChainState = { rows: 0, head: CLAIM_GENESIS, shop: null, standing: new Map() }
  let number = 0
  let ended: { rows: number; head: string } | null = null
  const bad = (fault: ClaimFault, message: string, seq: number | null = null): ClaimVerdict => ({
    ok: false,
    rows: state.rows,
    line: number,
    seq,
    fault,
    message,
  })
  for await (const text of lines) {
    number += 1
    if (text.trim() === '') continue
    if (ended) return bad('out_of_sequence', 'a line follows the end')
    const line = readLine(text)
    if (!line) return bad('unreadable', 'the line is no row of a claim log')
    if ('end' in line) {
      ended = line.end
      continue
    }
    const found = checkRow(line.row, line.hash, state, sha256Hex)
    if (found) return bad(found.fault, found.message, line.row.seq)
  }
  if (!ended) return bad('cut_off', 'the last line, which says how many rows there are, is missing')
  if (ended.rows !== state.rows || ended.head !== state.head)
    return bad('cut_off', `the end tells of ${ended.rows} rows, the file has ${state.rows}`)
  return { ok: true, shop: state.shop, rows: state.rows, head: state.head }
}

interface ChainState {
  rows: number
  head: string
  shop: string | null
  standing: Map<number, ClaimRow>
}

type Line = { row: ClaimRow; hash: string } | { end: { rows: number; head: string } }

function readLine(text: string): Line | null {
  try {
    const line: unknown = JSON.parse(text)
    if (typeof line !== 'object' || line === null) return null
    if ('end' in line) {
      const { rows, head } = line.end as { rows: unknown; head: unknown }
      return typeof rows === 'number' && typeof head === 'string' ? { end: { rows, head } } : null
    }
    const { row, hash } = line as { row?: unknown; hash?: unknown }
    if (typeof hash !== 'string' || typeof row !== 'object' || row === null) return null
    return typeof (row as { seq?: unknown }).seq === 'number' ? { row: row as ClaimRow, hash } : null
  } catch {
    return null
  }
}

interface Finding {
  fault: ClaimFault
  message: string
}

function checkRow(
  row: ClaimRow,
  hash: string,
  state: ChainState,
  sha256Hex: (text: string) => string,
): Finding | null {
  const text = textOf(row)
  if (text === null || sha256Hex(text) !== hash)
    return { fault: 'changed', message: `row ${row.seq} is not what was written` }
  if (row.seq !== state.rows + 1)
    return { fault: 'out_of_sequence', message: `row ${row.seq} follows row ${state.rows}` }
  if (row.prev !== state.head)
    return { fault: 'not_linked', message: `row ${row.seq} does not carry the hash of the row before it` }
  state.shop ??= row.shop
  if (row.shop !== state.shop)
    return { fault: 'other_shop', message: `row ${row.seq} is of ${row.shop}, not of ${state.shop}` }
  const finding = checkMeaning(row, state.standing)
  if (finding) return finding
  if (row.event === 'shown') state.standing.set(row.seq, row)
  else state.standing.delete(row.claim)
  state.rows += 1
  state.head = hash
  return null
}

function textOf(row: ClaimRow): string | null {
  try {
    return claimRowText(row)
  } catch {
    // Numbers that are not whole cannot have been written by us.
    return null
  }
}

/** Whether the row makes sense by itself and allows what it claims. Exported for the writer, which checks itself by it. */
export function checkMeaning(row: ClaimRow, standing: ReadonlyMap<number, unknown>): Finding | null {
  const of = `row ${row.seq}`
  if (!CLAIM_KINDS.some((kind) => kind === row.kind))
    return { fault: 'unknown_kind', message: `${of} claims ${row.kind}, of which nothing is known` }
  if (row.event === 'ended') {
    return standing.has(row.claim)
      ? null
      : { fault: 'ends_nothing', message: `${of} ends claim ${row.claim}, which does not stand` }
  }
  if (row.claim !== row.seq) return { fault: 'out_of_sequence', message: `${of} begins claim ${row.claim}` }
  const [at, from, to] = [row.at, row.from, row.to].map((instant) => Date.parse(instant)) as [
    number,
    number,
    number,
  ]
  if (!(at <= from && from < to))
    return { fault: 'wrong_window', message: `${of} is shown from ${row.from} to ${row.to}` }
  return isAllowed(row)
    ? null
    : { fault: 'not_allowed', message: `${of}: its facts do not allow ${row.kind}` }
}

const BUCKETS = { low_stock: 'low', last_pieces: 'last', sold_out: 'gone' } as const

function isAllowed(row: ClaimRow): boolean {
  switch (row.kind) {
    case 'ends':
      return row.why === 'checkout_and_listing_end' && row.value === row.to && row.variant === null
    case 'wave':
      return row.why === 'units_stand_aside' && /^[1-9]\d*@/.test(row.value) && row.variant !== null
    default:
      return isStockAllowed(row, BUCKETS[row.kind])
  }
}

/** The same judgement once more, on what the row says was known. */
function isStockAllowed({ stock, rule, variant, from, value, why }: ClaimRow, bucket: string): boolean {
  // What holds for a collection or a sister piece says nothing of this one.
  if (!stock || !rule || variant === null || stock.variantId !== variant) return false
  const verdict = judgeStock(
    { ...stock, isCounted: true, sellsBeyondStock: false },
    stock.waves,
    rule,
    from as IsoInstant,
  )
  const named = verdict.named.map((wave) => `${wave.units}@${wave.at}`)
  return verdict.bucket === bucket && verdict.reason === why && value === [bucket, ...named].join(' ')
}
