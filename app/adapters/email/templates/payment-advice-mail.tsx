import { render } from '@react-email/render'
import { formatPercent } from '#app/domain/money/percent.ts'
import type { PayerDetails } from '#app/domain/tax/payer-details.ts'
import type { Withholding } from '#app/domain/tax/withholding.ts'
import { fill, nameFact, voiceFor } from '../messages/messages-for.ts'
import { amountWriter, writeMoment } from '../presentation/figures.ts'
import { FrameRow, MailFrame } from './mail-frame.tsx'
import { cell, light, text } from './mail-style.ts'
import { type AdviceWords, adviceWords } from './payment-advice-words.ts'

export interface PaymentAdviceInput {
  shopName: string
  creatorName: string
  /** The creator's. */
  locale: string
  currency: string
  grossMinor: bigint
  withheldMinor: bigint
  netMinor: bigint
  reference: string
  /** sepa | paypal | wise | other */
  methodKind: string
  /** Last characters of the account, or a masked address; empty when there is none. */
  methodEnding: string
  /** ISO instant. */
  sentAt: string
  timeZone: string
  income: ReadonlyArray<{ incomeType: string; amountMinor: string }>
  /** Why something is withheld, as it stood when the run was made. */
  withholding: Withholding | null
  /** Who pays, in law, as it stood when the run was approved. */
  payer: PayerDetails | null
  contact: string | null
}

interface Row {
  label: string
  value: string
}

/** Tells a creator that money is on its way, how much, where to and what for. */
export async function renderPaymentAdvice(
  input: PaymentAdviceInput,
): Promise<{ subject: string; html: string; text: string }> {
  const { language, locale, messages } = voiceFor(input.locale)
  const words = adviceWords(language)
  const { money } = amountWriter(input.currency, locale, () => true)
  const params = {
    shop: input.shopName,
    name: input.creatorName,
    amount: money(input.netMinor),
    contact: input.contact ?? '',
  }
  const subject = fill(words.subject, params)
  const rows = adviceRows(input, words, locale, money)
  const notes = [words.arrives, ...payerNote(input.payer, words, messages.statement), fill(words.why, params)]
  if (input.contact) notes.push(fill(words.questions, params))
  const greeting = fill(words.greeting, params)
  const intro = fill(words.intro, params)
  const html = await render(
    <MailFrame
      language={language}
      title={subject}
      preview={intro}
      shopName={input.shopName}
      footer={notes.map((note) => (
        <p key={note} className="m-soft" style={{ ...text.small, fontSize: '13px', lineHeight: '20px' }}>
          {note}
        </p>
      ))}
    >
      <FrameRow padding="28px 44px 8px">
        <h1 className="m-ink" style={{ ...text.heading, margin: '0 0 18px' }}>
          {words.heading}
        </h1>
        <p className="m-ink" style={text.body}>
          {greeting}
        </p>
        <p className="m-ink" style={text.body}>
          {intro}
        </p>
        <p className="m-ink" style={text.figure}>
          {params.amount}
        </p>
      </FrameRow>
      <FrameRow padding="0 44px 40px">
        <Facts rows={rows} />
      </FrameRow>
    </MailFrame>,
  )
  const blocks = [[greeting, '', intro], rows.map((row) => nameFact(messages.statement, row)), notes]
  const plain = `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`.replace(/\u00a0/g, ' ')
  return { subject, html, text: plain }
}

function adviceRows(
  input: PaymentAdviceInput,
  words: AdviceWords,
  locale: string,
  money: (minor: bigint | string) => string,
): Row[] {
  const kind = words.methods[input.methodKind as keyof AdviceWords['methods']] ?? words.methods.other
  const parts = input.income.length > 1 || input.withheldMinor > 0n ? input.income : []
  return [
    ...parts.map(({ incomeType, amountMinor }) => ({
      label: words.income[incomeType as keyof AdviceWords['income']] ?? incomeType,
      value: money(amountMinor),
    })),
    ...(input.withheldMinor > 0n
      ? [
          { label: words.gross, value: money(input.grossMinor) },
          { label: withheldLabel(input, words, locale), value: money(-input.withheldMinor) },
        ]
      : []),
    { label: words.net, value: money(input.netMinor) },
    { label: words.method, value: [kind, input.methodEnding].filter(Boolean).join(' · ') },
    { label: words.reference, value: input.reference },
    { label: words.sentOn, value: writeMoment(input.sentAt, locale, input.timeZone) },
  ]
}

function withheldLabel({ withholding }: PaymentAdviceInput, words: AdviceWords, locale: string): string {
  if (!withholding?.reason) return words.withheld
  const reason = words.reasons[withholding.reason]
  const percent = formatPercent(withholding.bps, locale)
  return fill(words.withheldBecause, { label: words.withheld, percent, reason })
}

/** Name, address and numbers of whoever pays, in one line. */
function payerNote(
  payer: PayerDetails | null,
  words: AdviceWords,
  statementWords: { labelled: string },
): string[] {
  if (!payer) return []
  const { legalName, address, country, vatNumber, companyNumber } = payer
  const parts = [
    legalName,
    ...address,
    country,
    ...(vatNumber ? [fill(words.vatNumber, { number: vatNumber })] : []),
    ...(companyNumber ? [fill(words.companyNumber, { number: companyNumber })] : []),
  ]
  return [nameFact(statementWords, { label: words.payer, value: parts.join(', ') })]
}

/** Labelled facts, one below the other. */
export function Facts({ rows }: { rows: readonly Row[] }) {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        {rows.map(({ label, value }) => (
          <tr key={label}>
            <td className="m-soft m-line" style={{ ...cell, color: light.soft }}>
              {label}
            </td>
            <td className="m-ink m-line" align="right" style={{ ...cell, color: light.ink }}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
