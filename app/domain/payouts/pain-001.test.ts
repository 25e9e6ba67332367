// The published schema of the message is not among the packages that this project may use. Written down here is what the European Payments
// Council's schema of pain.001.001.09 for orders of credit transfers (EPC132-08) says of the elements that the file uses: their order and number,
// lengths, patterns and ranges, and of its usage rules those that no schema can say. Where the file is narrower than the scheme, so is this.
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

/** Children in order as [name, at least, at most]; exactly one of some children; or what a text must be. */
type Rule = Array<[string, number, number]> | { oneOf: string[] } | RegExp | ((text: string) => boolean)
const ONE = (name: string): [string, number, number] => [name, 1, 1]
const MAYBE = (name: string): [string, number, number] => [name, 0, 1]
/** In the alphabet of the scheme. A slash stands at no edge and is not doubled: a rule for references, kept for all texts. */
const text = (longest: number) => new RegExp(`^(?!/|.*//|.*/$)[A-Za-z0-9/?:().,'+ -]{1,${longest}}$`)
const isDay = (day: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day
const isMoment = (moment: string) => {
  const [day = '', time = ''] = moment.split('T')
  return isDay(day) && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time)
}

/** By path, so that the same name may mean different things. The longer ending counts. */
const DEFINITION: Record<string, Rule> = {
  Document: [ONE('CstmrCdtTrfInitn')],
  CstmrCdtTrfInitn: [ONE('GrpHdr'), ONE('PmtInf')],
  GrpHdr: [ONE('MsgId'), ONE('CreDtTm'), ONE('NbOfTxs'), ONE('CtrlSum'), ONE('InitgPty')],
  MsgId: text(35),
  CreDtTm: isMoment,
  NbOfTxs: /^\d{1,15}$/,
  CtrlSum: /^\d{1,16}\.\d{2}$/,
  InitgPty: [ONE('Nm')],
  Nm: text(70),
  PmtInf: [
    ONE('PmtInfId'),
    ONE('PmtMtd'),
    MAYBE('BtchBookg'),
    ONE('NbOfTxs'),
    ONE('CtrlSum'),
    ONE('PmtTpInf'),
    ONE('ReqdExctnDt'),
    ONE('Dbtr'),
    ONE('DbtrAcct'),
    ONE('DbtrAgt'),
    ONE('ChrgBr'),
    ['CdtTrfTxInf', 1, Number.POSITIVE_INFINITY],
  ],
  PmtInfId: text(35),
  PmtMtd: /^TRF$/,
  BtchBookg: /^(true|false)$/,
  PmtTpInf: [ONE('SvcLvl')],
  SvcLvl: [ONE('Cd')],
  Cd: /^SEPA$/,
  ReqdExctnDt: [ONE('Dt')],
  Dt: isDay,
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
  IBAN: /^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/,
  DbtrAgt: [ONE('FinInstnId')],
  CdtrAgt: [ONE('FinInstnId')],
  'DbtrAgt/FinInstnId': { oneOf: ['BICFI', 'Othr'] },
  'CdtrAgt/FinInstnId': [ONE('BICFI')],
  BICFI: /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/,
  Othr: [ONE('Id')],
  'Othr/Id': /^NOTPROVIDED$/,
  ChrgBr: /^SLEV$/,
  CdtTrfTxInf: [ONE('PmtId'), ONE('Amt'), MAYBE('CdtrAgt'), ONE('Cdtr'), ONE('CdtrAcct'), MAYBE('RmtInf')],
  PmtId: [MAYBE('InstrId'), ONE('EndToEndId')],
  InstrId: text(35),
  EndToEndId: text(35),
  Amt: [ONE('InstdAmt')],
  // From 0.01 to 999,999,999.99.
  InstdAmt: /^(?!0+\.00$)\d{1,9}\.\d{2}$/,
  RmtInf: [ONE('Ustrd')],
  Ustrd: text(140),
}

/** Attributes as they must stand; the others have none. */
const ATTRIBUTES: Record<string, string> = {
  Document: ' xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"',
  InstdAmt: ' Ccy="EUR"',
}

function faultsOf(node: Node, path = ''): string[] {
  const place = `${path}/${node.name}`
  const rule = DEFINITION[place.split('/').slice(-2).join('/')] ?? DEFINITION[node.name]
  if (!rule) return [`${place} is not part of the message`]
  const faults =
    node.attributes === (ATTRIBUTES[node.name] ?? '') ? [] : [`${place} has attributes${node.attributes}`]
  if (rule instanceof RegExp || typeof rule === 'function') {
    const fits = rule instanceof RegExp ? rule.test(node.text) : rule(node.text)
    return node.children.length === 0 && fits ? faults : [...faults, `${place}: ${node.text}`]
  }
  if (node.text.trim() !== '') faults.push(`${place} holds text`)
  const names = node.children.map(({ name }) => name)
  const found = 'oneOf' in rule ? faultsOfChoice(names, rule.oneOf) : faultsOfSequence(names, rule)
  faults.push(...found.map((fault) => `${place} has ${fault}`))
  return [...faults, ...node.children.flatMap((child) => faultsOf(child, place))]
}

function faultsOfChoice(names: readonly string[], among: readonly string[]): string[] {
  const [only, ...more] = names
  return only !== undefined && more.length === 0 && among.includes(only)
    ? []
    : [`${names.join(', ')} instead of one of ${among.join(', ')}`]
}

function faultsOfSequence(
  names: readonly string[],
  sequence: ReadonlyArray<[string, number, number]>,
): string[] {
  const rest = [...names]
  const faults: string[] = []
  for (const [name, least, most] of sequence) {
    let count = 0
    while (rest[0] === name) {
      rest.shift()
      count += 1
    }
    if (count < least || count > most) faults.push(`${count} ${name}`)
  }
  return rest.length > 0 ? [...faults, `${rest[0]} out of order`] : faults
}

const run = {
  number: 7,
  currency: 'EUR',
  executeOn: '2026-05-06',
  createdAt: '2026-05-04T12:30:45.678Z',
  shopName: 'Lumen Atelier',
  payerLegalName: 'Lumen Atelier GmbH',
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
  const { document, controlSumMinor } = built(buildPain001(run, payer, transfers, 'abc123abc123'))
  expect(faultsOf(document)).toEqual([])
  expect(controlSumMinor).toBe(100_000_012_345n)
  expect(textsOf(document, 'CtrlSum')).toEqual(['1000000123.45', '1000000123.45'])
  expect(textsOf(document, 'NbOfTxs')).toEqual(['3', '3'])
  expect(textsOf(document, 'InstdAmt')).toEqual(['123.45', '999999999.99', '0.01'])
  expect(textsOf(document, 'Nm')).toContain("O'Neill + Son 'Goldschmiede' (1)")
})

test('a payer without a BIC is written as the scheme asks', () => {
  const { document, xml } = built(
    buildPain001(run, { ...payer, bic: null, address: null }, [transfer('FG0007-AAAAAAAA', 5n)], 'x'),
  )
  expect(faultsOf(document)).toEqual([])
  expect(xml).toContain('<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>')
})

test('whatever people are called, the file stays one that a bank reads, and its sum is that of its amounts', () => {
  const sign = fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
    fc.constantFrom('/', ' ', 'Щ', '&', '<'),
  )
  const written = (before: number, after: number) =>
    fc
      .tuple(fc.string({ unit: sign, maxLength: before }), fc.string({ unit: sign, maxLength: after }))
      .map(([left, right]) => `${left}A${right}`)
  const name = written(10, 140)
  const anything = fc.string({ unit: sign, maxLength: 90 })
  const address = fc.record({
    street: anything,
    building: anything,
    postCode: anything,
    town: written(5, 60),
    country: fc.constantFrom('DE', 'CH'),
  })
  const payee = fc.record({
    name,
    minor: fc.bigInt(1n, 10n ** 10n),
    bic: fc.constantFrom(null, 'BNPAFRPP', 'BNPAFRPPXXX'),
    address: fc.option(address),
  })
  fc.assert(
    fc.property(
      fc.array(payee, { minLength: 1, maxLength: 4 }),
      name,
      anything,
      (payees, shopName, remittance) => {
        const transfers = payees.map(({ name: holder, minor, ...rest }, index) => ({
          ...transfer(`FG0007-${index}`, minor, { holder, ...rest }),
          remittance,
        }))
        const { document } = built(
          buildPain001({ ...run, payerLegalName: shopName }, { ...payer, name: shopName }, transfers, 'abc'),
        )
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
  const { xml } = built(buildPain001(run, payer, [transfer('FG0007-AAAAAAAA', 5n, { bic: 'BNPAFRPP' })], 'x'))
  const spoiled: Array<[from: string | RegExp, to: string]> = [
    [/<ChrgBr>SLEV<\/ChrgBr>(.*)<\/PmtInf>/, '$1<ChrgBr>SLEV</ChrgBr></PmtInf>'],
    ['<ChrgBr>SLEV</ChrgBr>', ''],
    ['SLEV', 'SHAR'],
    ['<NbOfTxs>1</NbOfTxs>', ''],
    [/(?<=<PmtInf>.*)<NbOfTxs>1<\/NbOfTxs>/, ''],
    ['<CtrlSum>0.05</CtrlSum>', ''],
    [/(?<=<PmtInf>.*)<CtrlSum>0.05<\/CtrlSum>/, ''],
    [/<PmtTpInf>.*<\/PmtTpInf>/, ''],
    ['Maya Linden', 'Maya Lindén'],
    ['Maya Linden', ''],
    ['Maya Linden', 'x'.repeat(71)],
    ['<EndToEndId>FG', '<EndToEndId>/'],
    ['<EndToEndId>FG', '<EndToEndId>F//G'],
    ['<EndToEndId>FG', `<EndToEndId>${'x'.repeat(35)}`],
    ['<InstdAmt Ccy="EUR">0.05', '<InstdAmt Ccy="EUR">0.5'],
    ['<InstdAmt Ccy="EUR">0.05', '<InstdAmt Ccy="EUR">0.00'],
    ['<InstdAmt Ccy="EUR">0.05', '<InstdAmt Ccy="EUR">1000000000.00'],
    [' Ccy="EUR"', ''],
    [' Ccy="EUR"', ' Ccy="USD"'],
    ['001.001.09"', '001.001.03"'],
    ['<Dt>2026-05-06', '<Dt>2026-02-30'],
    ['T12:30:45', 'T24:30:45'],
    ['<BICFI>COBADEFFXXX</BICFI>', ''],
    ['<BICFI>COBADEFFXXX</BICFI>', '<BICFI>COBADEFFXXX</BICFI><Othr><Id>NOTPROVIDED</Id></Othr>'],
    ['<BICFI>BNPAFRPP</BICFI>', '<Othr><Id>NOTPROVIDED</Id></Othr>'],
    ['<TwnNm>Berlin</TwnNm>', ''],
    [/(<PstCd>.*<\/PstCd>)(<TwnNm>.*<\/TwnNm>)/, '$2$1'],
  ]
  for (const [from, to] of spoiled) {
    const other = xml.replace(from, to)
    expect(other).not.toBe(xml)
    expect(faultsOf(parseXml(other)), `${from} as ${to}`).not.toEqual([])
  }
})
