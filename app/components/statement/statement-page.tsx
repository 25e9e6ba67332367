// A creator's page of one statement: no scripts needed, phone first. The words and figures come written out, the same as in mail and PDF.
import './statement-page.css'
import type { ReactNode } from 'react'
import type { PartyFacts, StatementFacts } from '#app/adapters/email/presentation/statement-facts.ts'
import { StatementLines } from './statement-lines.tsx'
import { StatementSection } from './statement-section.tsx'

export interface StatementPageProps {
  facts: StatementFacts
  /** Same-origin addresses of the attachments' twins. */
  pdfUrl: string
  csvUrl: string
  /** Public page on which number and code are verified. */
  verifyUrl: string
  /** What the creator can do here: ask, accept. */
  children?: ReactNode
}

export function StatementPage({ facts, pdfUrl, csvUrl, verifyUrl, children }: StatementPageProps) {
  const { words } = facts
  return (
    <main className="sheet" lang={facts.language}>
      <header className="sheet-head">
        <p className="sheet-shop">{facts.shop}</p>
        <h1>{facts.title}</h1>
        <p>
          {facts.number} · {facts.dates}
        </p>
        <p className="soft">
          {words.issued}: <time dateTime={facts.issuedAt}>{facts.issued}</time>
        </p>
      </header>
      <Payable facts={facts} />
      <nav className="sheet-downloads" aria-label={`${facts.title} ${facts.number}`}>
        <a href={pdfUrl} download>
          {words.downloadPdf}
        </a>
        <a href={csvUrl} download>
          {words.downloadCsv}
        </a>
      </nav>
      <Balance facts={facts} />
      <StatementLines facts={facts} />
      {facts.sections.map((section) => (
        <StatementSection key={section.key} section={section} />
      ))}
      {children}
      <Parties facts={facts} />
      <Verification facts={facts} verifyUrl={verifyUrl} />
    </main>
  )
}

function Payable({ facts }: { facts: StatementFacts }) {
  return (
    <section className="sheet-payable" aria-labelledby="payable">
      <h2 id="payable">{facts.words.payableNow}</h2>
      <p className="sheet-figure">{facts.payable}</p>
      {facts.carrySentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </section>
  )
}

function Balance({ facts }: { facts: StatementFacts }) {
  const { words } = facts
  return (
    <section aria-labelledby="balance">
      <h2 id="balance">{words.balance}</h2>
      <table className="sheet-balance">
        <tbody>
          {facts.balance.map((row) => (
            <tr key={row.key} className={row.key === 'closing' ? 'is-closing' : undefined}>
              <th scope="row">{row.label}</th>
              <td>{row.amount}</td>
            </tr>
          ))}
          <Part label={words.payableNow} amount={facts.payable} />
          {facts.carried.map((part) => (
            <Part key={part.key} label={part.label} amount={part.amount} />
          ))}
        </tbody>
      </table>
      {facts.maturities.length > 0 && (
        <>
          <h3>{words.becomesPayable}</h3>
          <ul className="sheet-maturities">
            {facts.maturities.map((maturity) => (
              <li key={maturity.on}>
                <time dateTime={maturity.on}>{maturity.when}</time>
                <span>{maturity.amount}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Part({ label, amount }: { label: string; amount: string }) {
  return (
    <tr className="is-part">
      <th scope="row">{label}</th>
      <td>{amount}</td>
    </tr>
  )
}

function Parties({ facts }: { facts: StatementFacts }) {
  return (
    <dl className="sheet-parties">
      <Party label={facts.words.payee} party={facts.payee} />
      <Party label={facts.words.payer} party={facts.payer} />
    </dl>
  )
}

function Party({ label, party }: { label: string; party: PartyFacts }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{party.name}</dd>
      {party.details.map((detail) => (
        <dd key={detail} className="soft">
          {detail}
        </dd>
      ))}
    </div>
  )
}

function Verification({ facts, verifyUrl }: { facts: StatementFacts; verifyUrl: string }) {
  const { words, previous } = facts
  return (
    <section className="sheet-verification" aria-labelledby="verification">
      <h2 id="verification">{words.verification}</h2>
      <p>{words.verificationNote}</p>
      <dl>
        <dt>{facts.sectionWords.code}</dt>
        <dd>
          <code>{facts.code}</code> · <a href={verifyUrl}>{words.verification}</a>
        </dd>
        <dt>{words.hash}</dt>
        <dd>
          <code>{facts.hash}</code>
        </dd>
        <dt>{facts.chainHead.label}</dt>
        <dd>
          <code>{facts.chainHead.value}</code>
        </dd>
        <dt>{previous ? `${words.previous}: ${previous.number}` : words.previous}</dt>
        <dd>{previous ? <code>{previous.hash}</code> : words.firstStatement}</dd>
      </dl>
      <p>
        {facts.currencyNote} {facts.daysIn}
      </p>
    </section>
  )
}
