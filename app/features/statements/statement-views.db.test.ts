import { expect, test } from 'vitest'
import { signLink } from '#app/adapters/crypto/signed-link.ts'
import { readLinkGeneration } from '#app/adapters/db/link-generation.ts'
import { archiveCreator, readArchivePreview } from '#app/features/creators/archive-creator.server.ts'
import { editCreator } from '#app/features/creators/edit-creator.server.ts'
import { restoreCreator } from '#app/features/creators/restore-creator.server.ts'
import { createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { readCreatorStatement, statementUrl } from './creator-statement-view.server.ts'
import { resendStatement } from './resend-statement.server.ts'
import { sendStatementMail } from './send-statement-mail.server.ts'
import { renderStatementFile } from './statement-file.server.ts'
import { parseStatementListQuery } from './statement-list-query.ts'
import { readStatementList } from './statement-list-view.server.ts'
import { readStatement } from './statement-view.server.ts'

const all = parseStatementListQuery(new URLSearchParams())

async function firstStatement(ctx: PartnerTestContext) {
  const statement = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findFirst({ where: { number: 'MAYA-0001' } }),
  )
  if (!statement) throw new Error('no statement was issued')
  return statement
}

async function setMailStatus(ctx: PartnerTestContext, subjectId: string, status: string) {
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.mailDelivery.updateMany({ where: { subjectId }, data: { status } }),
  )
}

test('the list shows what was issued, newest first, with the state of the latest mail', async () => {
  await using ctx = await createPartnerContext()
  const { noah } = await createBookedShop(ctx)
  await setMailStatus(ctx, (await firstStatement(ctx)).id, 'failed')
  const list = await readStatementList(ctx, all)
  expect(
    list.rows.map((row) => [
      row.number,
      row.creatorName,
      row.period,
      row.royaltiesMinor,
      row.closingMinor,
      row.mailStatus,
    ]),
  ).toEqual([
    ['MAYA-0002', 'Maya Linden', '2026-04', '-1000', '1900', 'queued'],
    ['NOAH-0002', 'Noah Okafor', '2026-04', '-500', '500', 'queued'],
    ['MAYA-0001', 'Maya Linden', '2026-03', '2900', '2900', 'failed'],
    ['NOAH-0001', 'Noah Okafor', '2026-03', '1000', '1000', 'queued'],
  ])
  expect([list.page, list.pageCount, list.periodOptions]).toEqual([1, 1, ['2026-04', '2026-03']])
  const filtered = await readStatementList(ctx, { ...all, creatorId: noah.id, period: '2026-03' })
  expect(filtered.rows.map(({ number }) => number)).toEqual(['NOAH-0001'])
  expect((await readStatementList(ctx.forShop(await createShop(ctx.db)), all)).rows).toEqual([])
})

test('a statement opens for its own shop only', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const { id } = await firstStatement(ctx)
  const own = await readStatement(ctx, id)
  expect(own.ok && [own.statement.document.number, own.statement.mails.length]).toEqual(['MAYA-0001', 1])
  const other = ctx.forShop(await createShop(ctx.db))
  expect(await readStatement(other, id)).toEqual({ ok: false, reason: 'statement_not_found' })
  expect(await readStatement(ctx, "x' or 1")).toEqual({ ok: false, reason: 'statement_not_found' })
  expect(await resendStatement(other, id)).toEqual({ ok: false, reason: 'statement_not_found' })
})

test('sending again makes one mail with its job, to the address of today; two clicks make one', async () => {
  await using ctx = await createPartnerContext()
  const { maya } = await createBookedShop(ctx)
  const { id } = await firstStatement(ctx)
  expect(await resendStatement(ctx, id)).toEqual({ ok: false, reason: 'already_on_its_way' })
  await setMailStatus(ctx, id, 'sent')
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creator.update({ where: { id: maya.id }, data: { email: 'new@creators.example' } }),
  )
  const before = (await ctx.queue.pending())['send-mail'] ?? 0
  const results = await Promise.all([resendStatement(ctx, id), resendStatement(ctx, id)])
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await ctx.queue.pending())['send-mail']).toBe(before + 1)
  const view = await readStatement(ctx, id)
  expect(view.ok && view.statement.mails.map((mail) => [mail.status, mail.toAddress])).toEqual([
    ['queued', 'new@creators.example'],
    ['sent', 'maya@creators.example'],
  ])
})

test('the creator’s link opens the frozen document until it expires, and no other', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const statement = await firstStatement(ctx)
  const token = statementUrl(ctx, statement, 0).split('/').at(-1) ?? ''
  const opened = await readCreatorStatement(ctx, token)
  expect(opened.ok && [opened.statement.document.number, opened.statement.documentHash]).toEqual([
    'MAYA-0001',
    statement.documentHash,
  ])
  const other = await createShop(ctx.db)
  const ofOtherShop = signLink(
    { kind: 'statement', shopId: other.id, subjectId: statement.id, expiresAt: new Date('2027-01-01') },
    ctx.linkSecret,
  )
  expect(await readCreatorStatement(ctx, ofOtherShop)).toEqual({ ok: false, reason: 'statement_not_found' })
  expect(await readCreatorStatement(ctx, `${token.slice(0, -2)}xx`)).toMatchObject({ ok: false })
  expect(await readCreatorStatement(ctx, 'nonsense')).toEqual({ ok: false, reason: 'malformed' })
  ctx.clock.moveTo('2029-01-01T00:00:00Z')
  expect(await readCreatorStatement(ctx, token)).toEqual({ ok: false, reason: 'expired' })
  const sentAgain = statementUrl(ctx, statement, 0).split('/').at(-1) ?? ''
  expect((await readCreatorStatement(ctx, sentAgain)).ok).toBe(true)
})

test('files are rendered from the document and named after its number', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const view = await readStatement(ctx, (await firstStatement(ctx)).id)
  if (!view.ok) throw new Error(view.reason)
  const { document } = view.statement
  const pdf = await renderStatementFile(view.statement, 'pdf')
  expect([pdf.fileName, Buffer.from(pdf.bytes.slice(0, 4)).toString()]).toEqual(['MAYA-0001.pdf', '%PDF'])
  const csv = await renderStatementFile(
    { ...view.statement, document: { ...document, number: 'ÉVIL"\r\nX/../0001' } },
    'csv',
  )
  expect(csv.fileName).toMatch(/^[\w.-]+\.csv$/)
  expect(Buffer.from(csv.bytes).toString()).toContain('29.00')
})

test('a page beyond the last shows the last, so that an old bookmark does not look like an empty list', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const list = await readStatementList(ctx, { ...all, page: 99_999 })
  expect([list.page, list.pageCount, list.rows.length]).toEqual([
    1,
    1,
    (await readStatementList(ctx, all)).rows.length,
  ])
})

async function correctAddress(ctx: PartnerTestContext, creatorId: string, changes: Record<string, string>) {
  const creator = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creator.findUniqueOrThrow({ where: { id: creatorId } }),
  )
  const { name, email, notes, revision } = creator
  const edited = await editCreator(ctx, { creatorId, revision, creator: { name, email, notes, ...changes } })
  expect(edited.ok).toBe(true)
}

test('links to an address that was corrected are void, as are those from before an archiving; new ones open', async () => {
  await using ctx = await createPartnerContext()
  const { maya } = await createBookedShop(ctx)
  const statement = await firstStatement(ctx)
  const linkOfNow = async () => {
    const generation = await ctx.db.inShop(ctx.shop.id, (tx) => readLinkGeneration(tx, maya.id))
    return statementUrl(ctx, statement, generation).split('/').at(-1) ?? ''
  }
  const opens = async (token: string) => {
    const read = await readCreatorStatement(ctx, token)
    return read.ok || read.reason
  }
  const first = await linkOfNow()
  await correctAddress(ctx, maya.id, { notes: 'Writes email at night.' })
  expect(await opens(first)).toBe(true)
  await correctAddress(ctx, maya.id, { email: 'right@creators.example', notes: '' })
  const second = await linkOfNow()
  expect([await opens(first), await opens(second)]).toEqual(['revoked', true])
  const shown = await ctx.db.inShop(ctx.shop.id, (tx) => readArchivePreview(tx, maya.id))
  expect(await archiveCreator(ctx, { creatorId: maya.id, shown })).toEqual({ ok: true })
  const third = await linkOfNow()
  expect([await opens(first), await opens(second), await opens(third)]).toEqual(['revoked', 'revoked', true])
  // Coming back does not bring old links back.
  await restoreCreator(ctx, { creatorId: maya.id })
  expect(await opens(second)).toBe('revoked')
})

test('a statement’s mail that still waits goes to the corrected address, with a link that opens', async () => {
  await using ctx = await createPartnerContext()
  const { maya } = await createBookedShop(ctx)
  const { id } = await firstStatement(ctx)
  await correctAddress(ctx, maya.id, { email: 'right@creators.example' })
  const waiting = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.mailDelivery.findFirstOrThrow({ where: { subjectId: id } }),
  )
  expect(await sendStatementMail(ctx, waiting)).toEqual({ tryAgain: false })
  expect(ctx.outbox.map(({ to }) => to)).toEqual(['right@creators.example'])
  const token = /\/c\/statements\/([\w.-]+)/.exec(ctx.outbox[0]?.text ?? '')?.[1] ?? ''
  expect((await readCreatorStatement(ctx, token)).ok).toBe(true)
  const view = await readStatement(ctx, id)
  expect(view.ok && view.statement.mails.map((mail) => [mail.status, mail.toAddress])).toEqual([
    ['sent', 'right@creators.example'],
  ])
})

test('a PDF that is asked for while it is made is made once, and afterwards anew', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const { id } = await firstStatement(ctx)
  const view = await readStatement(ctx, id)
  if (!view.ok) throw new Error(view.reason)
  const render = () => renderStatementFile(view.statement, 'pdf')
  const [first, second] = await Promise.all([render(), render()])
  expect(first.bytes).toBe(second.bytes)
  const later = await render()
  expect(later.bytes).not.toBe(first.bytes)
  expect(Buffer.from(later.bytes).subarray(0, 5).toString()).toBe('%PDF-')
})
