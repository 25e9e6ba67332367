import { Document, Font, Page, renderToBuffer, Text, View } from '@react-pdf/renderer'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { fill } from '../messages/messages-for.ts'
import { presentStatement, type StatementFacts } from '../presentation/statement-facts.ts'
import { style } from './pdf-style.ts'
import { canPrint, printableDeep } from './pdf-text.ts'
import { BalanceBox } from './statement-pdf-balance.tsx'
import { LinesTable, MovesTables } from './statement-pdf-tables.tsx'

const LONGEST_UNBROKEN = 24

/** The statement on A4. The same document gives the same bytes. `hash` is the hex SHA-256 of its canonical text. */
export async function renderStatementPdf(
  document: StatementDocument,
  { hash }: { hash: string },
): Promise<Uint8Array> {
  // Words stay whole in every language; only what is wider than its column is cut.
  Font.registerHyphenationCallback(cutLongWord)
  const facts = printableDeep(presentStatement(document, { hash, canShow: canPrint }))
  const issuedAt = new Date(document.issuedAt)
  return new Uint8Array(
    await renderToBuffer(
      <Document
        title={`${facts.words.title} ${facts.number}`}
        author={facts.payer.name}
        subject={facts.period}
        creator="Filigree"
        producer="Filigree"
        language={facts.locale}
        creationDate={issuedAt}
        modificationDate={issuedAt}
      >
        <StatementPage facts={facts} />
      </Document>,
    ),
  )
}

function StatementPage({ facts }: { facts: StatementFacts }) {
  const { words } = facts
  return (
    <Page size="A4" style={style.page}>
      <Head facts={facts} />
      <View style={style.spread}>
        <Party label={words.payee} name={facts.payee.name} email={facts.payee.email} />
        <Party label={words.payer} name={facts.payer.name} email={facts.payer.email} />
      </View>
      <BalanceBox facts={facts} />
      <LinesTable facts={facts} />
      <MovesTables facts={facts} />
      <Basis facts={facts} />
      <Verification facts={facts} />
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
          <Text style={style.shop}>{facts.payer.name}</Text>
          <Text style={style.title}>{words.title}</Text>
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

function Party({ label, name, email }: { label: string; name: string; email: string | null }) {
  return (
    <View style={style.party}>
      <Text style={style.label}>{label}</Text>
      <Text style={style.partyName}>{name}</Text>
      {email && <Text style={style.label}>{email}</Text>}
    </View>
  )
}

function Basis({ facts }: { facts: StatementFacts }) {
  if (facts.basis.length === 0) return null
  return (
    <View style={style.section} wrap={facts.basis.length > 6}>
      <Text style={style.sectionTitle}>{facts.words.basis}</Text>
      {facts.basis.map((sentence) => (
        <Text key={sentence} style={{ ...style.note, marginBottom: 3 }}>
          {sentence}
        </Text>
      ))}
    </View>
  )
}

function Verification({ facts }: { facts: StatementFacts }) {
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
      {facts.questions && <Text style={{ ...style.note, marginTop: 4 }}>{facts.questions}</Text>}
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
        <FooterHash label={words.hash} value={facts.hash} />
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
