// No published schema of the message is among the packages that this project may use. The definition of pain.001.001.09 is therefore written
// down here, as far as the file uses it: order and number of elements, lengths, patterns. The file is checked against it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildPain001, type PayerAccount, type SepaTransfer } from './pain-001.ts'

interface Node {
  name: string
  attributes: string
  children: Node[]
  text: string
}

function parseXml(xml: string): Node {
  const root: Node = { name: '', attributes: '', children: [], text: '' }
  const open = [root]
  for (const [, close, name = '', attributes = '', text] of xml
    .replace(/^<\?xml[^>]*\?>\n/, '')
    .matchAll(/<(\/?)([A-Za-z0-9]+)([^>]*)>|([^<]+)/g)) {
    const current = open.at(-1)
    if (!current) throw new Error('more closed than opened')
    if (text !== undefined) current.text += text
    else if (close) {
      if (current.name !== name) throw new Error(`${current.name} closed by ${name}`)
      open.pop()
    } else {
      const node = { name, attributes, children: [], text: '' }
      current.children.push(node)
      open.push(node)
    }
  }
  const [document] = root.children
  if (open.length !== 1 || !document) throw new Error('not closed')
  return document
}

/** Children in order as [name, at least, at most]; or what a text must match. */
type Rule = Array<[string, number, number]> | RegExp
const ONE = (name: string): [string, number, number] => [name, 1, 1]
const MAYBE = (name: string): [string, number, number] => [name, 0, 1]
const text = (longest: number) => new RegExp(`^[A-Za-z0-9/?:().,'+ -]{1,${longest}}$`)
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/
const AMOUNT = /^\d{1,9}\.\d{2}$/

/** By path, so that the same name may mean different things. The longest matching ending counts. */
const DEFINITION: Record<string, Rule> = {
  Document: [ONE('CstmrCdtTrfInitn')],
  CstmrCdtTrfInitn: [ONE('GrpHdr'), ['PmtInf', 1, 1]],
  GrpHdr: [ONE('MsgId'), ONE('CreDtTm'), ONE('NbOfTxs'), MAYBE('CtrlSum'), ONE('InitgPty')],
  MsgId: text(35),
  CreDtTm: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
  NbOfTxs: /^\d{1,15}$/,
  CtrlSum: /^\d{1,15}\.\d{2}$/,
  InitgPty: [ONE('Nm')],
  Nm: text(70),
  PmtInf: [
    ONE('PmtInfId'),
    ONE('PmtMtd'),
    MAYBE('BtchBookg'),
    MAYBE('NbOfTxs'),
    MAYBE('CtrlSum'),
    MAYBE('PmtTpInf'),
    ONE('ReqdExctnDt'),
    ONE('Dbtr'),
    ONE('DbtrAcct'),
    ONE('DbtrAgt'),
    MAYBE('ChrgBr'),
    ['CdtTrfTxInf', 1, 1_000_000],
  ],
  PmtInfId: text(35),
  PmtMtd: /^TRF$/,
  BtchBookg: /^(true|false)$/,
  PmtTpInf: [ONE('SvcLvl')],
  SvcLvl: [ONE('Cd')],
  Cd: /^SEPA$/,
  ReqdExctnDt: [ONE('Dt')],
  Dt: /^\d{4}-\d{2}-\d{2}$/,
  Dbtr: [ONE('Nm'), MAYBE('PstlAdr')],
  Cdtr: [ONE('Nm'), MAYBE('PstlAdr')],
  // Since November 2026 an address is told in its parts: town and country at least.
  PstlAdr: [MAYBE('StrtNm'), MAYBE('BldgNb'), MAYBE('PstCd'), ONE('TwnNm'), ONE('Ctry')],
  StrtNm: text(70),
  BldgNb: text(16),
  PstCd: text(16),
  TwnNm: text(35),
  Ctry: /^[A-Z]{2}$/,
  DbtrAcct: [ONE('Id'), MAYBE('Ccy')],
  CdtrAcct: [ONE('Id')],
  'DbtrAcct/Id': [ONE('IBAN')],
  'CdtrAcct/Id': [ONE('IBAN')],
  Ccy: /^EUR$/,
  IBAN,
  DbtrAgt: [ONE('FinInstnId')],
  CdtrAgt: [ONE('FinInstnId')],
  FinInstnId: [MAYBE('BICFI'), MAYBE('Othr')],
  BICFI: BIC,
  Othr: [ONE('Id')],
  'Othr/Id': /^NOTPROVIDED$/,
  ChrgBr: /^SLEV$/,
  CdtTrfTxInf: [ONE('PmtId'), ONE('Amt'), MAYBE('CdtrAgt'), ONE('Cdtr'), ONE('CdtrAcct'), MAYBE('RmtInf')],
  PmtId: [MAYBE('InstrId'), ONE('EndToEndId')],
  InstrId: text(35),
  EndToEndId: text(35),
  Amt: [ONE('InstdAmt')],
  InstdAmt: AMOUNT,
  RmtInf: [ONE('Ustrd')],
  Ustrd: text(140),
}

function faultsOf(node: Node, path = ''): string[] {
  const place = `${path}/${node.name}`
  const rule = DEFINITION[place.split('/').slice(-2).join('/')] ?? DEFINITION[node.name]
  if (!rule) return [`${place} is not part of the message`]
  if (rule instanceof RegExp) {
    return node.children.length === 0 && rule.test(node.text) ? [] : [`${place}: ${node.text}`]
  }
  const rest = node.children.map(({ name }) => name)
  const faults = node.text.trim() === '' ? [] : [`${place} holds text`]
  for (const [name, least, most] of rule) {
    let count = 0
    while (rest[0] === name) {
      rest.shift()
      count += 1
    }
    if (count < least || count > most) faults.push(`${place} has ${count} ${name}`)
  }
  if (rest.length > 0) faults.push(`${place} has ${rest[0]} out of order`)
  return [...faults, ...node.children.flatMap((child) => faultsOf(child, place))]
}

const run = {
  number: 7,
  currency: 'EUR',
  executeOn: '2026-05-06',
  createdAt: '2026-05-04T12:30:45.678Z',
  shopName: 'Lumen Atelier',
}
const payer: PayerAccount = {
  name: 'Lumen Atelier GmbH',
  iban: 'DE89370400440532013000',
  bic: 'COBADEFFXXX',
  address: { street: 'Lange Straße', building: '5', postCode: '10115', town: 'Berlin', country: 'DE' },
}
const transfer = (
  reference: string,
  netMinor: bigint,
  change: Partial<SepaTransfer['payee']> = {},
): SepaTransfer => ({
  reference,
  netMinor,
  payee: {
    kind: 'sepa',
    holder: 'Maya Lindén',
    iban: 'FR1420041010050500013M02606',
    bic: null,
    address: null,
    ...change,
  },
  remittance: `Lumen Atelier royalties ${reference}`,
})

function built(result: ReturnType<typeof buildPain001>) {
  if (!result.ok) throw new Error(result.reason)
  return { ...result, document: parseXml(result.xml) }
}

function textsOf(node: Node, name: string): string[] {
  return [
    ...(node.name === name ? [node.text] : []),
    ...node.children.flatMap((child) => textsOf(child, name)),
  ]
}

test('a file follows the message definition and adds up', () => {
  const swiss = { street: '', building: '', postCode: '4051', town: 'Basel', country: 'CH' }
  const transfers = [
    transfer('FG0007-AAAAAAAA', 12_345n),
    transfer('FG0007-BBBBBBBB', 99_999_999_999n, { iban: 'CH9300762011623852957', address: swiss }),
    transfer('FG0007-CCCCCCCC', 1n, { holder: 'O’Neill & Søn "Goldschmiede" <1>', bic: 'BNPAFRPP' }),
  ]
  const { document, xml, controlSumMinor } = built(buildPain001(run, payer, transfers, 'abc123abc123'))
  expect(faultsOf(document)).toEqual([])
  expect(document.attributes).toBe(' xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"')
  expect(controlSumMinor).toBe(100_000_012_345n)
  expect(textsOf(document, 'CtrlSum')).toEqual(['1000000123.45', '1000000123.45'])
  expect(textsOf(document, 'NbOfTxs')).toEqual(['3', '3'])
  expect(textsOf(document, 'InstdAmt')).toEqual(['123.45', '999999999.99', '0.01'])
  expect(textsOf(document, 'Nm')).toContain("O'Neill + Son 'Goldschmiede' (1)")
  expect(xml).toContain('<InstdAmt Ccy="EUR">123.45</InstdAmt>')
})

test('a payer without a BIC is written as the scheme asks', () => {
  const { document, xml } = built(
    buildPain001(run, { ...payer, bic: null, address: null }, [transfer('FG0007-AAAAAAAA', 5n)], 'x'),
  )
  expect(faultsOf(document)).toEqual([])
  expect(xml).toContain('<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>')
})

test('whatever people are called, the file stays one that a bank reads, and its sum is that of its amounts', () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }).map((text) => `A${text}`)
  fc.assert(
    fc.property(
      fc.array(fc.record({ name, minor: fc.bigInt(1n, 10n ** 10n) }), { minLength: 1, maxLength: 8 }),
      name,
      (payees, shopName) => {
        const transfers = payees.map(({ name: holder, minor }, index) => ({
          ...transfer(`FG0007-${index}`, minor, { holder }),
          remittance: shopName,
        }))
        const { document } = built(buildPain001(run, { ...payer, name: shopName }, transfers, 'abc'))
        expect(faultsOf(document)).toEqual([])
        const cents = textsOf(document, 'InstdAmt').map((amount) => BigInt(amount.replace('.', '')))
        const sum = cents.reduce((total, one) => total + one, 0n)
        expect(textsOf(document, 'CtrlSum').map((text) => BigInt(text.replace('.', '')))).toEqual([sum, sum])
      },
    ),
    { numRuns: 200 },
  )
})

test('what the scheme cannot carry is refused by name', () => {
  expect(buildPain001({ ...run, currency: 'USD' }, payer, [transfer('A', 1n)], 'x')).toEqual({
    ok: false,
    reason: 'not_in_euro',
  })
  expect(buildPain001(run, payer, [], 'x')).toEqual({ ok: false, reason: 'no_transfers' })
  expect(buildPain001(run, payer, [transfer('A', 100_000_000_000n)], 'x')).toMatchObject({
    reason: 'amount_out_of_range',
    reference: 'A',
  })
})

test('the definition in this test finds what is wrong', () => {
  const { xml } = built(buildPain001(run, payer, [transfer('FG0007-AAAAAAAA', 5n)], 'x'))
  const spoiled = [
    xml.replace(/<ChrgBr>.*?<\/ChrgBr>/, '').replace('</PmtInf>', '<ChrgBr>SLEV</ChrgBr></PmtInf>'),
    xml.replace('<NbOfTxs>1</NbOfTxs>', ''),
    xml.replace('Maya Linden', 'Maya Lindén'),
    xml.replace('0.05', '0.5'),
    xml.replace('<TwnNm>Berlin</TwnNm>', ''),
  ]
  for (const text of spoiled) expect(faultsOf(parseXml(text))).not.toEqual([])
})
