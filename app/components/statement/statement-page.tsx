// A creator's page of one statement: no scripts needed, phone first. The words and figures come written out, the same as in mail and PDF.
import './statement-page.css'
import type { StatementFacts } from '#app/adapters/email/presentation/statement-facts.ts'
import { StatementLines } from './statement-lines.tsx'

export interface StatementPageProps {
  facts: StatementFacts
  /** Same-origin addresses of the attachments' twins. */
  pdfUrl: string
  csvUrl: string
}

export function StatementPage({ facts, pdfUrl, csvUrl }: StatementPageProps) {
  const { words } = facts
  return (
    <main className="sheet" lang={facts.language}>
      <header className="sheet-head">
        <p className="sheet-shop">{facts.payer.name}</p>
        <h1>{words.title}</h1>
        <p>
          {facts.number} · {facts.dates}
        </p>
        <p className="soft">
          {words.issued}: <time dateTime={facts.issuedAt}>{facts.issued}</time>
        </p>
      </header>
      <Payable facts={facts} />
      <nav className="sheet-downloads" aria-label={`${words.title} ${facts.number}`}>
        <a href={pdfUrl} download>
          {words.downloadPdf}
        </a>
        <a href={csvUrl} download>
          {words.downloadCsv}
        </a>
      </nav>
      <Balance facts={facts} />
      <StatementLines facts={facts} />
      <Moves facts={facts} />
      <Basis facts={facts} />
      <Parties facts={facts} />
      <Verification facts={facts} />
    </main>
  )
}

function Payable({ facts }: { facts: StatementFacts }) {
  return (
    <section className="sheet-payable" aria-labelledby="payable">
      <h2 id="payable">{facts.words.payableNow}</h2>
      <p className="sheet-figure">{facts.payable}</p>
      <p>{facts.carryReason}</p>
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
          {facts.hasHeld && <Part label={words.held} amount={facts.held} />}
          <Part label={words.payableNow} amount={facts.payable} />
          <Part label={words.carryForward} amount={facts.carryForward} />
        </tbody>
      </table>
      {facts.maturities.length > 0 && (
        <>
          <h3>{words.becomesPayable}</h3>
          <ul className="sheet-maturities">
            {facts.maturities.map((maturity) => (
              <li key={maturity.on}>
                <time dateTime={maturity.on}>{maturity.date}</time>
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

function Moves({ facts }: { facts: StatementFacts }) {
  const { words, adjustments, payments } = facts
  return (
    <>
      <section aria-labelledby="adjustments">
        <h2 id="adjustments">{words.adjustments}</h2>
        {adjustments.length === 0 ? (
          <p className="soft">{words.noAdjustments}</p>
        ) : (
          <ul className="sheet-moves">
            {adjustments.map((entry) => (
              <li key={entry.key}>
                <span className="soft">{entry.date}</span>
                <span lang="en">{entry.description}</span>
                <b>{entry.amount}</b>
              </li>
            ))}
          </ul>
        )}
      </section>
      {payments.length > 0 && (
        <section aria-labelledby="payments">
          <h2 id="payments">{words.payments}</h2>
          <ul className="sheet-moves">
            {payments.map((entry) => (
              <li key={entry.key}>
                <span className="soft">{entry.date}</span>
                <span>
                  {entry.method} · {entry.reference}
                </span>
                <b>{entry.amount}</b>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Basis({ facts }: { facts: StatementFacts }) {
  if (facts.basis.length === 0) return null
  return (
    <section aria-labelledby="basis">
      <h2 id="basis">{facts.words.basis}</h2>
      {/* Terms are quoted in the language in which they were agreed. */}
      {facts.basis.map((sentence) => (
        <p key={sentence} lang="en" className="soft">
          {sentence}
        </p>
      ))}
    </section>
  )
}

function Parties({ facts }: { facts: StatementFacts }) {
  const { words } = facts
  return (
    <dl className="sheet-parties">
      <div>
        <dt>{words.payee}</dt>
        <dd>{facts.payee.name}</dd>
        {facts.payee.email && <dd className="soft">{facts.payee.email}</dd>}
      </div>
      <div>
        <dt>{words.payer}</dt>
        <dd>{facts.payer.name}</dd>
        {facts.payer.email && <dd className="soft">{facts.payer.email}</dd>}
      </div>
    </dl>
  )
}

function Verification({ facts }: { facts: StatementFacts }) {
  const { words, previous } = facts
  return (
    <section className="sheet-verification" aria-labelledby="verification">
      <h2 id="verification">{words.verification}</h2>
      <p>{words.verificationNote}</p>
      <dl>
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
      {facts.questions && <p>{facts.questions}</p>}
    </section>
  )
}
