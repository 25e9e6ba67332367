import { expect, test } from 'vitest'
import { renderGuestPassMail } from './guest-pass-mail.tsx'

const input = {
  shopName: 'Lumen & Co',
  drop: 'Rose signet',
  from: '2026-12-10T16:30:00.000Z',
  until: '2026-12-10T17:00:00.000Z',
  timeZone: 'Europe/Berlin',
  url: 'https://lumen.example/products/rose-signet?fil_pass=v1.rose.x',
  pass: `v1.rose-signet.${'a'.repeat(64)}.1799999999.k3x9.${'b'.repeat(64)}`,
}

test.each([
  ['en', 'guest', '5:30\\sPM GMT\\+1'],
  ['en-GB', 'draw', '17:30 CET'],
  ['de-CH', 'guest', '17:30 MEZ'],
  ['de', 'draw', '17:30 MEZ'],
  ['fr', 'guest', '17:30 UTC\\+1'],
  ['fr', 'draw', '17:30 UTC\\+1'],
  ['it', 'guest', '17:30 CET'],
  ['it', 'draw', '17:30 CET'],
  ['es', 'guest', '17:30 CET'],
  ['es', 'draw', '17:30 CET'],
  ['xx', 'guest', '5:30\\sPM GMT\\+1'],
] as const)(
  'a pass in %s for a %s says from when in the shop’s zone, carries link and pass, and hurries nobody',
  async (locale, origin, time) => {
    const mail = await renderGuestPassMail({ ...input, locale, origin })
    const all = `${mail.subject}\n${mail.text}\n${mail.html}`
    expect(all).not.toMatch(/\{\w+\}|undefined|NaN|!!|hurry|last chance|only \d/i)
    expect(mail.text).toMatch(new RegExp(time))
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain(input.url)
      expect(part).toContain(input.pass)
    }
    expect(mail.html).toContain('Lumen &amp; Co')
    expect(mail.subject).toContain('Rose signet')
  },
)

test('who was drawn is told so, and who is a guest is not', async () => {
  const words = async (origin: 'guest' | 'draw') =>
    (await renderGuestPassMail({ ...input, locale: 'en', origin })).text
  expect(await words('draw')).toMatch(/drawn[\s\S]*took part in the draw/)
  expect(await words('guest')).not.toMatch(/draw/)
})
