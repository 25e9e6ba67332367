import { expect, test } from 'vitest'
import { renderPaymentAdvice } from './payment-advice-mail.tsx'
import { renderPayoutMethodMail } from './payout-method-mail.tsx'

const LOCALES = ['en', 'de-CH', 'fr', 'it', 'es', 'xx']
const common = {
  shopName: 'Lumen & Co',
  creatorName: 'Maya',
  timeZone: 'Europe/Berlin',
  contact: 'hello@lumen.example',
}

test.each(LOCALES)('an advice in %s adds up and leaves no place unfilled', async (locale) => {
  const mail = await renderPaymentAdvice({
    ...common,
    locale,
    currency: 'JPY',
    grossMinor: 12_000n,
    withheldMinor: 2_000n,
    netMinor: 10_000n,
    reference: 'FG0001-ABCDEFGH',
    methodKind: 'sepa',
    methodEnding: '3000',
    sentAt: '2026-05-04T12:00:00.000Z',
    income: [
      { incomeType: 'commission_service', amountMinor: '9000' },
      { incomeType: 'bonus', amountMinor: '3000' },
    ],
    withholding: { bps: 1_667, reason: 'treaty', note: 'Art. 12' },
    payer: {
      legalName: 'Lumen Atelier GmbH',
      address: ['Hof 1', '10115 Berlin'],
      country: 'DE',
      vatNumber: 'DE123',
      companyNumber: 'HRB 1',
      contact: 'books@lumen.example',
    },
  })
  const all = `${mail.subject}\n${mail.text}\n${mail.html}`
  expect(all).not.toMatch(/\{\w+\}|undefined|NaN/)
  for (const digits of ['9\\D?000', '3\\D?000', '12\\D?000', '10\\D?000']) {
    expect(mail.text).toMatch(new RegExp(digits))
  }
  expect(mail.html).toContain('Lumen &amp; Co')
  expect(mail.text).toMatch(/16[.,]67\s?%, /)
  expect(mail.text).toContain('Lumen Atelier GmbH, Hof 1, 10115 Berlin, DE')
  if (locale === 'fr') {
    expect(mail.text).toContain('Payé par\u202f: Lumen Atelier GmbH')
    expect(mail.text).not.toMatch(/[^\u202f]: /)
  }
})

test.each(LOCALES)(
  'mails about details in %s leave no place unfilled; news of a change holds no link',
  async (locale) => {
    const changed = await renderPayoutMethodMail({
      ...common,
      kind: 'changed',
      locale,
      methodKind: 'paypal',
      methodEnding: 'm…a@mail.example',
      changedAt: '2026-05-04T12:00:00.000Z',
      holdUntil: '2026-05-11T12:00:00.000Z',
    })
    const asked = await renderPayoutMethodMail({
      ...common,
      kind: 'asked',
      locale,
      url: 'https://filigree.example/c/payout-details/token',
      expiresAt: '2026-05-11T12:00:00.000Z',
    })
    expect(`${changed.subject}${changed.text}${changed.html}`).not.toMatch(/\{\w+\}|href="https?:/)
    expect(`${asked.subject}${asked.text}`).not.toMatch(/\{\w+\}/)
    expect(asked.text).toContain('https://filigree.example/c/payout-details/token')
    expect(asked.html).toContain('href="https://filigree.example/c/payout-details/token"')
  },
)
