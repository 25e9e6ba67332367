import { expect, test } from 'vitest'
import { toPaypalCsv, toPlainCsv, toWiseCsv } from './payout-csv.ts'
import { formatsOf, type PayoutFileRow } from './payout-file.ts'

const run = {
  number: 7,
  currency: 'EUR',
  executeOn: '2026-05-06',
  createdAt: '2026-05-04T12:30:45.678Z',
  shopName: 'Lumen, Atelier',
  payerLegalName: null,
}
const row = (reference: string, method: PayoutFileRow['method'], name = 'Maya'): PayoutFileRow => ({
  reference,
  creatorName: name,
  currency: 'EUR',
  grossMinor: 12_000n,
  withheldMinor: 2_000n,
  netMinor: 10_000n,
  method,
})
const rows = [
  row('FG0007-A', { kind: 'paypal', email: 'maya@mail.example' }),
  row('FG0007-B', { kind: 'wise', holder: '=HYPERLINK("x")', email: 'noah@mail.example' }),
  row('FG0007-C', { kind: 'other', instructions: '-1+cmd\nsecond line' }, '@Ines "Goldschmiede"'),
]

test('PayPal’s file has no heading, one row a payout, and amounts in the manner of the payer’s country', () => {
  expect(toPaypalCsv(run, rows, '.')).toEqual({
    ok: true,
    text: 'maya@mail.example,100.00,EUR,FG0007-A,"Lumen, Atelier royalties FG0007-A",PAYPAL\r\n',
  })
  expect(toPaypalCsv(run, rows, ',')).toMatchObject({ text: expect.stringContaining(',"100,00",EUR,') })
})

test('Wise’s file fixes what the creator receives', () => {
  expect(toWiseCsv(run, rows)).toEqual({
    ok: true,
    text:
      'name,recipientEmail,paymentReference,receiverType,amountCurrency,amount,sourceCurrency,targetCurrency\r\n' +
      '"\'=HYPERLINK(""x"")",noah@mail.example,FG0007-B,PERSON,target,100.00,EUR,EUR\r\n',
  })
})

test('no text that a person typed runs as a formula in the plain list', () => {
  const csv = toPlainCsv(run, rows)
  expect(csv).toMatchObject({ ok: true })
  const lines = csv.ok ? csv.text.split('\r\n') : []
  expect(lines[0]).toBe('reference,creator,method,pay to,currency,gross,withheld,net,execute on,run')
  expect(lines[3]).toBe(
    `FG0007-C,"'@Ines ""Goldschmiede""",other,'-1+cmd second line,EUR,120.00,20.00,100.00,2026-05-06,7`,
  )
})

test('files that no service would take are refused', () => {
  expect(toPaypalCsv(run, [], '.')).toEqual({ ok: false, reason: 'no_transfers' })
  const many = Array.from({ length: 1_001 }, () =>
    row('A', { kind: 'wise', holder: 'N', email: 'n@mail.example' }),
  )
  expect(toWiseCsv(run, many)).toEqual({ ok: false, reason: 'too_many_rows' })
})

test('a run offers a file for each way of paying in it, and always the plain list', () => {
  expect(formatsOf(['other'])).toEqual(['csv'])
  expect(formatsOf(['wise', 'sepa', 'wise'])).toEqual(['sepa', 'wise', 'csv'])
})
