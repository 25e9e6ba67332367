import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { signLink } from '#app/adapters/crypto/signed-link.ts'
import { signUnsubscribeLink } from '#app/adapters/crypto/unsubscribe-link.ts'
import { readSignup } from '#app/domain/drops/signup.ts'
import { signUp } from '#app/features/signups/sign-up.server.ts'
import { createDrop } from '#tests/factories/live-drops.ts'
import { createShop } from '#tests/factories/shop.ts'
import { openWebInProcess } from '#tests/harness/web-in-process.ts'
import { webServices } from '../web-services.server.ts'
import { action, loader } from './unsubscribe.ts'

const EMAIL = 'ada@shoppers.example'

async function open() {
  const web = await openWebInProcess({ now: '2026-12-04T18:05:00.000Z' })
  const shop = await createShop(web.db)
  await createDrop(web.db, shop, { variants: [41n, 42n] })
  const join = async (variant: string, email = EMAIL) => {
    const { services, environment } = webServices()
    const form: Record<string, string> = {
      variant,
      email,
      consent: 'yes',
      consent_version: '1',
      key: randomUUID(),
      locale: 'de',
    }
    const read = readSignup((name) => form[name] ?? null)
    if (!read.ok) throw new Error(read.reason)
    const kept = await signUp(
      { ...services, tokenKeys: environment.tokenKeys },
      shop.domain,
      'moon-ring',
      read.signup,
    )
    expect(kept.ok).toBe(true)
  }
  const rows = () =>
    web.db.inShop(shop.id, (tx) =>
      tx.restockSignup.findMany({ orderBy: [{ variantId: 'asc' }, { position: 'asc' }] }),
    )
  const tokenOf = (signup: { id: string; shopId: number }) =>
    signUnsubscribeLink(webServices().services, signup).split('/').at(-1) ?? ''
  const visit = (token: string, method = 'GET') => {
    const request = new Request(`https://filigree.example/s/restocks/${token}`, {
      method,
      ...(method !== 'GET' && { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }),
    })
    return (method === 'GET' ? loader : action)({ request, params: { token }, context: {} })
  }
  return { web, shop, join, rows, tokenOf, visit }
}

test('looking changes nothing; one click ends every sign-up of the address in the shop, however often', async () => {
  const { web, join, rows, tokenOf, visit } = await open()
  await using _ = web
  await join('41')
  await join('42')
  await join('41', 'other@shoppers.example')
  const [first] = await rows()
  if (!first) throw new Error('no row')
  const token = tokenOf(first)
  const asked = await visit(token)
  expect([asked.status, asked.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const page = await asked.text()
  expect(page).toContain('<button type="submit">Abmelden</button>')
  expect(page).not.toContain('ada')
  expect((await rows()).map(({ status }) => status)).toEqual(['waiting', 'waiting', 'waiting'])
  for (let click = 0; click < 2; click += 1) {
    const answer = await visit(token, 'POST')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('Sie sind abgemeldet')
  }
  const left = await rows()
  expect(left.map(({ variantId, status }) => `${variantId} ${status}`)).toEqual([
    '41 left',
    '41 waiting',
    '42 left',
  ])
  expect(left[0]?.emailSealed).toBeNull()
  expect(await (await visit(token)).text()).toContain('Sie sind abgemeldet')
  expect(web.logged.join()).not.toContain('ada')
})

test('who signs up anew afterwards waits at the end of the line, in the same row', async () => {
  const { web, join, rows, tokenOf, visit } = await open()
  await using _ = web
  await join('41')
  await join('41', 'other@shoppers.example')
  const [first] = await rows()
  if (!first) throw new Error('no row')
  await visit(tokenOf(first), 'POST')
  await join('41')
  const again = await rows()
  expect(again.map(({ id, position, status }) => [id === first.id, position, status])).toEqual([
    [false, 2, 'waiting'],
    [true, 3, 'waiting'],
  ])
  expect(again[1]?.emailSealed).not.toBeNull()
})

test('a forged or foreign token is a plain error and ends nothing', async () => {
  const { web, shop, join, rows, tokenOf, visit } = await open()
  await using _ = web
  await join('41')
  const [first] = await rows()
  if (!first) throw new Error('no row')
  const other = await createShop(web.db)
  const { linkSecret } = webServices().services
  const expiresAt = new Date('2027-12-04T00:00:00Z')
  const good = tokenOf(first)
  const bad = [
    'nothing',
    `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`,
    signLink({ kind: 'statement', shopId: shop.id, subjectId: first.id, expiresAt }, linkSecret),
    signLink({ kind: 'restock_signup', shopId: shop.id, subjectId: first.id, expiresAt }, `${linkSecret}x`),
    // Genuine, of another shop: it does not reach across.
    tokenOf({ id: first.id, shopId: other.id }),
    tokenOf({ id: 'x', shopId: shop.id }),
  ]
  for (const token of bad)
    for (const method of ['GET', 'POST']) {
      const answer = await visit(token, method)
      expect([answer.status, (await answer.text()).includes('This link does not work')]).toEqual([404, true])
    }
  expect((await rows()).map(({ status }) => status)).toEqual(['waiting'])
  expect((await visit(good, 'PUT')).status).toBe(405)
})

test('a link whose time is over still unsubscribes', async () => {
  const { web, shop, join, rows, visit } = await open()
  await using _ = web
  await join('41')
  const [first] = await rows()
  const { linkSecret } = webServices().services
  const expiresAt = new Date('2026-01-01T00:00:00Z')
  const token = signLink(
    { kind: 'restock_signup', shopId: shop.id, subjectId: first?.id ?? '', expiresAt },
    linkSecret,
  )
  expect((await visit(token, 'POST')).status).toBe(200)
  expect((await rows()).map(({ status }) => status)).toEqual(['left'])
})
