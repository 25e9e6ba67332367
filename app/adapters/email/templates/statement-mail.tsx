import { render } from '@react-email/render'
import type { StatementFacts } from '../presentation/statement-facts.ts'
import { FrameButton, FrameRow, MailFrame } from './mail-frame.tsx'
import { MailAmount, MailSection } from './mail-section.tsx'
import { cell, light, text } from './mail-style.ts'
import { composeStatementText } from './statement-mail-text.ts'
import {
  type StatementMailInput,
  type StatementMailWords,
  wordStatementMail,
} from './statement-mail-words.ts'

/** The royalty statement as a mail. Says nothing that is not in the frozen document. */
export async function renderStatementMail(
  input: StatementMailInput,
): Promise<{ subject: string; html: string; text: string }> {
  const words = wordStatementMail(input)
  return {
    subject: words.subject,
    html: await render(<StatementMail words={words} />),
    text: composeStatementText(words),
  }
}

function StatementMail({ words }: { words: StatementMailWords }) {
  const { facts } = words
  return (
    <MailFrame
      language={facts.language}
      title={words.subject}
      preview={words.preview}
      shopName={facts.shop}
      footer={<Footer words={words} />}
    >
      <FrameRow padding="26px 44px 0">
        <p className="m-ink" style={text.body}>
          {words.greeting}
        </p>
        <p className="m-ink" style={text.body}>
          {words.intro}
        </p>
      </FrameRow>
      <FrameRow padding="8px 44px 28px">
        <Hero facts={facts} />
      </FrameRow>
      {words.changes.length > 0 && (
        <FrameRow padding="0 44px 22px">
          <h2 className="m-ink" style={text.section}>
            {words.changesTitle}
          </h2>
          <p className="m-ink" style={text.body}>
            {words.changes.join(' ')}
          </p>
        </FrameRow>
      )}
      <FrameRow padding="0 44px 26px">
        <h2 className="m-ink" style={text.section}>
          {facts.words.balance}
        </h2>
        <Balance words={words} />
      </FrameRow>
      <FrameRow padding="0 44px 26px">
        <h2 className="m-ink" style={text.section}>
          {facts.words.lines}
        </h2>
        <Lines words={words} />
      </FrameRow>
      {words.sections.map((section) => (
        <FrameRow key={section.key} padding="0 44px 24px">
          <MailSection section={section} />
        </FrameRow>
      ))}
      <FrameRow padding="0 44px 40px">
        <FrameButton href={words.url}>{words.button}</FrameButton>
        <p className="m-soft" style={{ ...text.small, margin: '16px 0 0' }}>
          {words.attached}
        </p>
      </FrameRow>
    </MailFrame>
  )
}

function Hero({ facts }: { facts: StatementFacts }) {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          <td className="m-panel" style={hero}>
            <p className="m-gold" style={text.label}>
              {facts.words.payableNow}
            </p>
            <p className="m-ink m-figure m-figures" style={text.figure}>
              {facts.payable}
            </p>
            {facts.carrySentences.map((sentence) => (
              <p key={sentence} className="m-soft" style={{ ...text.small, margin: '8px 0 0' }}>
                {sentence}
              </p>
            ))}
          </td>
        </tr>
      </tbody>
    </table>
  )
}

function Balance({ words }: { words: StatementMailWords }) {
  const { facts } = words
  return (
    <table className="m-figures" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        {facts.balance.map((row) => (
          <MailAmount key={row.key} label={row.label} amount={row.amount} strong={row.key === 'closing'} />
        ))}
        {words.maturities.length > 0 && (
          <tr>
            <td className="m-soft" colSpan={2} style={{ ...text.small, margin: 0, padding: '8px 0 4px' }}>
              {facts.words.becomesPayable}:
            </td>
          </tr>
        )}
        {words.maturities.map((maturity) => (
          <tr key={maturity}>
            <td className="m-soft" colSpan={2} style={{ ...text.small, margin: 0, padding: '0 0 4px 14px' }}>
              {maturity}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Lines({ words }: { words: StatementMailWords }) {
  const { facts, lines, moreLines } = words
  if (lines.length === 0) {
    return (
      <p className="m-soft" style={text.small}>
        {facts.words.noLines}
      </p>
    )
  }
  return (
    <>
      <table className="m-figures" width="100%" cellPadding={0} cellSpacing={0} border={0}>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th
                className="m-ink m-line"
                scope="row"
                align="left"
                style={{ ...cell, color: light.ink, fontWeight: 400 }}
              >
                {line.product}
                <br />
                <span className="m-soft" style={{ fontSize: '13px', lineHeight: '19px', color: light.soft }}>
                  {line.detail}
                </span>
              </th>
              <td className="m-ink m-line" align="right" valign="top" style={amountCell}>
                {line.royalty}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {moreLines && (
        <p className="m-soft" style={{ ...text.small, margin: '8px 0 0' }}>
          {moreLines}
        </p>
      )}
    </>
  )
}

function Footer({ words }: { words: StatementMailWords }) {
  const notes = [words.parties.join(' · '), words.why, words.linkExpires, words.fingerprint, words.verify]
  return notes.map((note) => (
    <p
      key={note}
      className="m-soft"
      style={{ ...text.small, fontSize: '13px', lineHeight: '20px', overflowWrap: 'anywhere' }}
    >
      {note}
    </p>
  ))
}

const hero = {
  padding: '24px 26px',
  backgroundColor: light.panel,
  border: `1px solid ${light.line}`,
  borderRadius: '5px',
}

const amountCell = { ...cell, color: light.ink, paddingLeft: '16px', whiteSpace: 'nowrap' } as const
