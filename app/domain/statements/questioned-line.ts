import { formatMoney } from '../money/format-amount.ts'
import type { MinorText, StatementDocument } from './statement-document.ts'

/** What a question is about, with what the statement said there: kept with the question. */
export interface QuestionedLine {
  section: 'line' | 'bonus' | 'adjustment' | 'payment' | 'whole'
  key: string
  label: string
  /** Printed position of a line of sales. */
  position: number | null
  amountMinor: MinorText
}

/** Everything that may be asked about, in the document's order; the whole statement last. */
export function questionableLines(document: StatementDocument): QuestionedLine[] {
  return [
    ...document.lines.map((line) => ({
      section: 'line' as const,
      key: line.key,
      label: `${line.position}. ${line.product}`,
      position: line.position,
      amountMinor: line.royaltyMinor,
    })),
    ...document.bonuses.map((bonus) => ({
      section: 'bonus' as const,
      key: bonus.key,
      label: `${bonus.key} ${bonus.title}`,
      position: null,
      amountMinor: bonus.amountMinor,
    })),
    ...document.adjustments.map((item) => ({
      section: 'adjustment' as const,
      key: item.key,
      label: `${item.key} ${item.reason ?? item.product ?? ''}`.trim(),
      position: null,
      amountMinor: item.amountMinor,
    })),
    ...document.payments.map((payment) => ({
      section: 'payment' as const,
      key: payment.key,
      label: `${payment.key} ${payment.reference}`,
      position: null,
      amountMinor: payment.grossMinor,
    })),
    {
      section: 'whole' as const,
      key: 'whole',
      label: document.number,
      position: null,
      amountMinor: document.closingMinor,
    },
  ]
}

export function findQuestionable(document: StatementDocument, key: string): QuestionedLine | null {
  return questionableLines(document).find((line) => line.key === key) ?? null
}

/** A line as the reader of a list sees it: with its amount. */
export function labelWithAmount(line: QuestionedLine, document: StatementDocument): string {
  return `${line.label} · ${formatMoney(BigInt(line.amountMinor), document.currency, document.locale)}`
}

/** Reads what is stored with a question. */
export function questionedLine(stored: unknown): QuestionedLine {
  const fields: Record<string, unknown> = typeof stored === 'object' && stored !== null ? { ...stored } : {}
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const sections = ['line', 'bonus', 'adjustment', 'payment'] as const
  return {
    section: sections.find((section) => section === fields.section) ?? 'whole',
    key: text(fields.key),
    label: text(fields.label),
    position: typeof fields.position === 'number' ? fields.position : null,
    amountMinor: text(fields.amountMinor) || '0',
  }
}
