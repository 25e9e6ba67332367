// One creator's page: who they are, what was agreed, how their sales are recognised, what they are owed, what happened.
import { signReference } from '#app/adapters/crypto/signed-reference.ts'
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Creator, CreatorCode, CreatorLink } from '#app/adapters/db/generated/client.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'
import { type ArchivePreview, readArchivePreview } from './archive-creator.server.ts'
import { type Channel, readChannels } from './stored-channels.ts'

const HISTORY_SHOWN = 60

export interface CreatorView {
  creator: {
    id: string
    name: string
    email: string
    handle: string
    status: 'active' | 'archived'
    locale: string
    followerCount: number | null
    channels: Channel[]
    notes: string
    createdAt: string
    archivedAt: string | null
    revision: number
  }
  agreements: Array<{
    id: string
    title: string
    role: string
    status: string
    versions: number
    offerOpen: boolean
  }>
  codes: Array<{
    id: string
    code: string
    percentBps: number
    status: 'pending' | 'live' | 'failed' | 'ending' | 'ended'
    lastError: string | null
    shareUrl: string | null
    createdAt: string
  }>
  links: Array<{
    id: string
    reference: string
    url: string
    path: string
    createdAt: string
    revokedAt: string | null
  }>
  history: Array<{ id: string; at: string; kind: string; actor: string; facts: Record<string, unknown> }>
  historyLeftOut: number
  statements: Array<{
    id: string
    number: string
    issuedAt: string
    closingMinor: string
    payableMinor: string
  }>
  balance: { heldMinor: string; availableMinor: string }
  currency: string
  timeZone: string
  archivePreview: ArchivePreview
}

/** Null when the shop has no such creator. */
export async function readCreator(ctx: ShopContext, creatorId: string): Promise<CreatorView | null> {
  if (!isRowId(creatorId)) return null
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const creator = await tx.creator.findUnique({ where: { id: creatorId } })
    if (!creator) return null
    const agreements = await tx.agreement.findMany({
      where: { creatorId },
      include: { versions: { select: { status: true } } },
      orderBy: { createdAt: 'desc' },
    })
    const codes = await tx.creatorCode.findMany({ where: { creatorId }, orderBy: { createdAt: 'desc' } })
    const links = await tx.creatorLink.findMany({ where: { creatorId }, orderBy: { createdAt: 'desc' } })
    const events = await tx.creatorEvent.findMany({
      where: { creatorId },
      orderBy: { at: 'desc' },
      take: HISTORY_SHOWN,
    })
    const eventCount = await tx.creatorEvent.count({ where: { creatorId } })
    const statements = await tx.statement.findMany({
      where: { creatorId },
      orderBy: { sequence: 'desc' },
      take: 6,
      select: { id: true, number: true, issuedAt: true, closingMinor: true, payableMinor: true },
    })
    return {
      creator: creatorFields(creator),
      agreements: agreements.map(({ id, title, role, status, versions }) => ({
        id,
        title,
        role,
        status,
        versions: versions.length,
        offerOpen: versions.some((version) => version.status === 'offered'),
      })),
      codes: codes.map((code) => codeFields(code, ctx.clock.now())),
      links: links.map((link) => linkFields(ctx, link)),
      history: events.map(({ id, at, kind, actor, facts }) => ({
        id,
        at: at.toISOString(),
        kind,
        actor,
        facts: asRecord(facts),
      })),
      historyLeftOut: Math.max(0, eventCount - HISTORY_SHOWN),
      statements: statements.map((statement) => ({
        id: statement.id,
        number: statement.number,
        issuedAt: statement.issuedAt.toISOString(),
        closingMinor: statement.closingMinor.toString(),
        payableMinor: statement.payableMinor.toString(),
      })),
      balance: await readBalance(tx, creatorId, ctx.shop.currency),
      currency: ctx.shop.currency,
      timeZone: ctx.shop.timeZone,
      archivePreview: await readArchivePreview(tx, creatorId),
    }
  })
}

function creatorFields(creator: Creator): CreatorView['creator'] {
  const { id, name, email, handle, locale, followerCount, notes, revision } = creator
  return {
    id,
    name,
    email,
    handle,
    status: creator.status === 'archived' ? 'archived' : 'active',
    locale,
    followerCount,
    channels: readChannels(creator.channels),
    notes,
    createdAt: creator.createdAt.toISOString(),
    archivedAt: creator.archivedAt?.toISOString() ?? null,
    revision,
  }
}

function codeFields(code: CreatorCode, now: Date): CreatorView['codes'][number] {
  const known =
    (['pending', 'live', 'failed', 'ended'] as const).find((status) => status === code.status) ?? 'failed'
  // Attribution has stopped; Shopify has not been told yet.
  const ending = code.endsAt !== null && code.endsAt <= now && known !== 'ended'
  return {
    id: code.id,
    code: code.code,
    percentBps: code.percentBps,
    status: ending ? 'ending' : known,
    lastError: code.lastError,
    shareUrl: code.shareUrl,
    createdAt: code.createdAt.toISOString(),
  }
}

function linkFields(ctx: ShopContext, link: CreatorLink): CreatorView['links'][number] {
  const signed = signReference(ctx.shop.domain, link.reference, ctx.linkSecret)
  return {
    id: link.id,
    reference: link.reference,
    url: `https://${ctx.shop.domain}${link.path}?fil=${signed}`,
    path: link.path,
    createdAt: link.createdAt.toISOString(),
    revokedAt: link.revokedAt?.toISOString() ?? null,
  }
}

async function readBalance(
  tx: ShopTransaction,
  creatorId: string,
  currency: string,
): Promise<CreatorView['balance']> {
  const rows = await tx.$queryRaw<Array<{ code: string; owed: bigint }>>`
    select a.code, (-b.balance_minor)::bigint as owed from account a join account_balance b on b.account_id = a.id
    where a.creator_id = ${creatorId}::uuid and a.currency = ${currency}`
  const owed = (bucket: string) =>
    rows.filter((row) => row.code.endsWith(`/${bucket}`)).reduce((sum, row) => sum + row.owed, 0n)
  return { heldMinor: owed('held').toString(), availableMinor: owed('available').toString() }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}
