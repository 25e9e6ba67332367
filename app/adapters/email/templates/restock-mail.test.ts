import { expect, test } from 'vitest'
import { renderRestockMail } from './restock-mail.tsx'

const input = {
  shopName: 'Lumen & Co',
  piece: 'Rose signet',
  heldUntil: '2026-12-10T17:21:00.000Z',
  timeZone: 'Europe/Berlin',
  url: 'https://lumen.example/invoices/1',
  unsubscribeUrl: 'https://filigree.example/s/restocks/token',
}

test.each([
  ['en', '6:21\\sPM GMT\\+1'],
  ['en-GB', '18:21 CET'],
  ['de-CH', '18:21 MEZ'],
  ['fr', '18:21 UTC\\+1'],
  ['it', '18:21 CET'],
  ['es', '18:21 CET'],
  ['xx', '6:21\\sPM GMT\\+1'],
])(
  'a notice in %s says until when in the shop’s zone, where to buy and how to leave, and hurries nobody',
  async (locale, time) => {
    const mail = await renderRestockMail({ ...input, locale })
    const all = `${mail.subject}\n${mail.text}\n${mail.html}`
    expect(all).not.toMatch(/\{\w+\}|undefined|NaN|!!|hurry|last chance|only \d/i)
    expect(mail.text).toMatch(new RegExp(time))
    expect(mail.subject).toMatch(/18:21|6:21/)
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain(input.url)
      expect(part).toContain(input.unsubscribeUrl)
    }
    expect(mail.html).toContain('Lumen &amp; Co')
  },
)
