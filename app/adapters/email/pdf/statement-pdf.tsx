import { Document, Font, Page, renderToBuffer, Text, View } from '@react-pdf/renderer'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { fill } from '../messages/messages-for.ts'
import { type PartyFacts, presentStatement, type StatementFacts } from '../presentation/statement-facts.ts'
import { style } from './pdf-style.ts'
import { canPrint, printable, printableDeep } from './pdf-text.ts'
import { BalanceBox } from './statement-pdf-balance.tsx'
import { PdfSection } from './statement-pdf-sections.tsx'
import { LinesTable } from './statement-pdf-tables.tsx'

const LONGEST_UNBROKEN = 24

/** The statement on A4. The same document gives the same bytes. `hash` is the hex SHA-256 of its canonical text. */
export async function renderStatementPdf(
  document: StatementDocument,
  { hash, verifyUrl }: { hash: string; verifyUrl: string },
): Promise<Uint8Array> {
  // Words stay whole in every language; only what is wider than its column is cut.
  Font.registerHyphenationCallback(cutLongWord)
  const facts = printableDeep(presentStatement(document, { hash, canShow: canPrint }))
  const { number, code } = facts
  const verify = printable(fill(facts.sectionWords.verifyAt, { url: verifyUrl, number, code }))
  const issuedAt = new Date(document.issuedAt)
  return new Uint8Array(
    await renderToBuffer(
      <Document
        title={`${facts.title} ${facts.number}`}
        author={facts.shop}
        subject={facts.period}
        creator="Filigree"
        producer="Filigree"
        language={facts.locale}
        creationDate={issuedAt}
        modificationDate={issuedAt}
      >
        <StatementPage facts={facts} verify={verify} />
      </Document>,
    ),
  )
}

function StatementPage({ facts, verify }: { facts: StatementFacts; verify: string }) {
  const { words } = facts
  return (
    <Page size="A4" style={style.page}>
      <Head facts={facts} />
      <View style={style.spread}>
        <Party label={words.payee} party={facts.payee} />
        <Party label={words.payer} party={facts.payer} />
      </View>
      <BalanceBox facts={facts} />
      <LinesTable facts={facts} />
      {facts.sections.map((section) => (
        <PdfSection key={section.key} section={section} />
      ))}
      <Verification facts={facts} verify={verify} />
      <Footer facts={facts} />
    </Page>
  )
}

function Head({ facts }: { facts: StatementFacts }) {
  const { words } = facts
  return (
    <View>
      <View style={style.spread}>
        <View style={{ width: '60%' }}>
          <Text style={style.shop}>{facts.shop}</Text>
          <Text style={style.title}>{facts.title}</Text>
        </View>
        <View style={style.headFacts}>
          <Text style={style.strong}>{facts.number}</Text>
          <Text>{facts.dates}</Text>
          <Text style={style.label}>
            {words.issued}: {facts.issued}
          </Text>
        </View>
      </View>
      <View style={style.rule} />
    </View>
  )
}

function Party({ label, party }: { label: string; party: PartyFacts }) {
  return (
    <View style={style.party}>
      <Text style={style.label}>{label}</Text>
      <Text style={style.partyName}>{party.name}</Text>
      {party.details.map((detail) => (
        <Text key={detail} style={style.label}>
          {detail}
        </Text>
      ))}
    </View>
  )
}

function Verification({ facts, verify }: { facts: StatementFacts; verify: string }) {
  const { words, previous } = facts
  return (
    <View style={style.section} wrap={false}>
      <Text style={style.sectionTitle}>{words.verification}</Text>
      <Text style={{ ...style.note, marginBottom: 4 }}>{words.verificationNote}</Text>
      <Text style={style.note}>
        {previous ? `${words.previous}: ${previous.number}` : words.firstStatement}
      </Text>
      {previous && <Text style={{ ...style.note, ...style.mono }}>{previous.hash}</Text>}
      <Text style={{ ...style.note, marginTop: 4 }}>
        {facts.currencyNote} {facts.daysIn}
      </Text>
      <Text style={{ ...style.note, marginTop: 4 }}>{verify}</Text>
    </View>
  )
}

/** On every page, so that a single sheet can be matched with its statement. */
function Footer({ facts }: { facts: StatementFacts }) {
  const { words } = facts
  return (
    <>
      <View style={style.footerPage} fixed render={(place) => <PageNumber words={words.page} {...place} />} />
      <View style={style.footer} fixed>
        <Text style={style.footerText}>
          {words.number} {facts.number}
        </Text>
        <FooterHash label={`${words.hash} · ${facts.sectionWords.code} ${facts.code}`} value={facts.hash} />
        <FooterHash label={facts.chainHead.label} value={facts.chainHead.value} />
      </View>
    </>
  )
}

/** The number of pages is unknown on the first pass. */
function PageNumber({
  words,
  pageNumber,
  totalPages,
}: {
  words: string
  pageNumber: number
  totalPages?: number
}) {
  return (
    <Text style={{ ...style.footerText, ...style.end }}>
      {fill(words, { page: pageNumber, pages: totalPages ?? pageNumber })}
    </Text>
  )
}

function FooterHash({ label, value }: { label: string; value: string }) {
  return (
    <View style={style.spread}>
      <Text style={style.footerText}>{label}</Text>
      <Text style={{ ...style.footerText, ...style.mono }}>{value}</Text>
    </View>
  )
}

function cutLongWord(word: string | null): string[] {
  if (!word || word.length <= LONGEST_UNBROKEN || /^[0-9a-f]{64}$/.test(word)) return [word ?? '']
  return word.match(new RegExp(`.{1,${LONGEST_UNBROKEN - 6}}`, 'gsu')) ?? [word]
}
