// Keeps the claim log in step with what may be said. Called in the transaction that changes what it rests on, before anybody is shown it.
import {
  allowedStatements,
  CLAIM_GENESIS,
  type ClaimRow,
  changeClaims,
  claimRowText,
  type StandingClaim,
} from '../../domain/drops/claim-log.ts'
import { checkMeaning } from '../../domain/drops/verify-claims.ts'
import { sha256Hex } from '../crypto/digest.ts'
import { dueNoLaterThan } from './calendar.ts'
import type { ShopTransaction } from './database.ts'
import { type LoadedDrop, loadDropFacts } from './drop-facts.ts'

export interface ClaimsWritten {
  begun: number
  ended: number
}

/**
 * For whoever changes a drop, its acts or its waves: writes the claims that follow, and has the stock asked for anew. Call it in the same
 * transaction, before the storefront is told, and once more when it was told.
 */
export async function noteDropChange(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
  now: Date,
): Promise<ClaimsWritten> {
  const written = await refreshClaims(tx, shopId, dropId, now)
  await dueNoLaterThan(tx, shopId, 'watch-drops', now)
  return written
}

/** Writes what is missing and ends what does not hold. Doing it twice writes nothing the second time. */
export async function refreshClaims(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
  now: Date,
): Promise<ClaimsWritten> {
  // One writer a shop, who then reads what the one before has written.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`filigree-claims/${shopId}`}, 0))::text`
  const loaded = await loadDropFacts(tx, shopId, dropId)
  if (!loaded) return { begun: 0, ended: 0 }
  const at = now.toISOString()
  const changes = changeClaims(loaded.standing, allowedStatements(loaded.facts, at), at, loaded.isTold)
  if (changes.begin.length + changes.end.length === 0) return { begun: 0, ended: 0 }
  const chain = await openChain(tx, shopId)
  for (const { claim, reason } of changes.end) {
    const standing = loaded.standing.find((each) => each.claim === claim)
    if (standing) await chain.add(endOf(standing, loaded, at, reason))
  }
  for (const { kind, template, variantId, value, to, why, stock, rule, adjustmentId } of changes.begin) {
    await chain.add({
      claim: null,
      event: 'shown',
      at,
      drop: dropId,
      kind,
      template,
      variant: variantId,
      value,
      from: at,
      to,
      why,
      stock,
      rule,
      config: loaded.config,
      adjustment: adjustmentId,
    })
  }
  return { begun: changes.begin.length, ended: changes.end.length }
}

function endOf(standing: StandingClaim, loaded: LoadedDrop, at: string, reason: string): NewRow {
  const { claim, kind, variantId, value, to } = standing
  return {
    claim,
    event: 'ended',
    at,
    drop: loaded.dropId,
    kind,
    template: '',
    variant: variantId,
    value,
    from: at,
    to,
    why: reason,
    stock: null,
    rule: null,
    config: loaded.config,
    adjustment: null,
  }
}

/** `claim` null: it begins one. */
type NewRow = Omit<ClaimRow, 'v' | 'shop' | 'seq' | 'prev' | 'claim'> & { claim: number | null }

async function openChain(tx: ShopTransaction, shopId: number) {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { domain: true } })
  const last = await tx.claim.findFirst({ where: { shopId }, orderBy: { seq: 'desc' } })
  let seq = Number(last?.seq ?? 0)
  let head = last ? Buffer.from(last.hash).toString('hex') : CLAIM_GENESIS
  return {
    async add(given: NewRow): Promise<void> {
      seq += 1
      const row: ClaimRow = { ...given, v: 1, shop: shop.domain, seq, claim: given.claim ?? seq, prev: head }
      const standing = new Map(given.claim === null ? [] : [[given.claim, true]])
      const finding = checkMeaning(row, standing)
      if (finding) throw new Error(`a claim that its own facts do not bear out: ${finding.message}`)
      const body = claimRowText(row)
      const hash = sha256Hex(body)
      await tx.claim.create({
        data: {
          shopId,
          seq: BigInt(seq),
          claim: BigInt(row.claim),
          event: row.event,
          at: new Date(row.at),
          dropId: row.drop,
          kind: row.kind,
          variantId: row.variant === null ? null : BigInt(row.variant),
          body,
          previousHash: Buffer.from(head, 'hex'),
          hash: Buffer.from(hash, 'hex'),
        },
      })
      head = hash
    },
  }
}
