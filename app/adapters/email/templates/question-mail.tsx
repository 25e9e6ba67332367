import { render } from '@react-email/render'
import type { CSSProperties } from 'react'
import { fill, nameFact, voiceFor } from '../messages/messages-for.ts'
import { amountWriter, writeMoment } from '../presentation/figures.ts'
import { FrameButton, FrameRow, MailFrame } from './mail-frame.tsx'
import { light, text } from './mail-style.ts'

export interface QuestionMailInput {
  /** The shop is told of a question, the creator of its answer. */
  audience: 'shop' | 'creator'
  locale: string
  shopName: string
  creatorName: string
  number: string
  /** Null: about the statement as a whole. */
  line: string | null
  question: string
  answer: string | null
  dueAt: string
  timeZone: string
  /** Posted as the outcome. */
  correction: { minor: string; currency: string } | null
  url: string
}

interface QuestionMailWords {
  language: string
  shopName: string
  subject: string
  greeting: string | null
  lead: string
  /** What the creator wrote. */
  question: string
  answer: string | null
  note: string | null
  button: string
  url: string
  /** The button and its address, where there are no buttons. */
  buttonWithUrl: string
  why: string
}

/** A question to the shop, or its answer to the creator, each in the reader's language. People's words stand as they were written. */
export async function renderQuestionMail(
  input: QuestionMailInput,
): Promise<{ subject: string; html: string; text: string }> {
  const words = wordQuestionMail(input)
  const html = await render(<QuestionMail words={words} />)
  return { subject: words.subject, html, text: composeText(words) }
}

function wordQuestionMail(input: QuestionMailInput): QuestionMailWords {
  const { language, locale, messages } = voiceFor(input.locale)
  const mail = messages.questionMail
  const { number, creatorName: name, shopName: shop, correction } = input
  const line = input.line ?? messages.questionPage.whole
  // The day before the midnight at which time is up.
  const due = writeMoment(new Date(Date.parse(input.dueAt) - 1).toISOString(), locale, input.timeZone)
  const common = { language, shopName: shop, url: input.url, why: mail.why }
  const buttonTo = (button: string) => ({
    button,
    buttonWithUrl: nameFact(messages.statement, { label: button, value: input.url }),
  })
  if (input.audience === 'shop') {
    return {
      ...common,
      subject: fill(mail.subjectAsked, { name, number }),
      greeting: null,
      lead: fill(mail.asked, { name, line, number }),
      question: input.question,
      answer: null,
      note: fill(mail.dueBy, { date: due }),
      ...buttonTo(mail.openAdmin),
    }
  }
  const amount = correction && amountWriter(correction.currency, locale, () => true).money(correction.minor)
  return {
    ...common,
    subject: fill(mail.subjectAnswered, { number }),
    greeting: fill(mail.greeting, { name }),
    lead: fill(mail.answered, { shop, line, number }),
    question: input.question,
    answer: input.answer,
    note: amount ? fill(mail.corrected, { amount }) : null,
    ...buttonTo(mail.open),
  }
}

function QuestionMail({ words }: { words: QuestionMailWords }) {
  return (
    <MailFrame
      language={words.language}
      title={words.subject}
      preview={words.lead}
      shopName={words.shopName}
      footer={
        <p className="m-soft" style={text.small}>
          {words.why}
        </p>
      }
    >
      <FrameRow padding="26px 44px 0">
        {words.greeting && (
          <p className="m-ink" style={text.body}>
            {words.greeting}
          </p>
        )}
        <p className="m-ink" style={text.body}>
          {words.lead}
        </p>
        <Quote>{words.question}</Quote>
        {words.answer && (
          <p className="m-ink" style={{ ...text.body, ...asWritten }}>
            {words.answer}
          </p>
        )}
        {words.note && (
          <p className="m-ink" style={text.body}>
            {words.note}
          </p>
        )}
      </FrameRow>
      <FrameRow padding="12px 44px 40px">
        <FrameButton href={words.url}>{words.button}</FrameButton>
      </FrameRow>
    </MailFrame>
  )
}

const asWritten: CSSProperties = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }

/** Somebody's own words, with a rule beside them. */
function Quote({ children }: { children: string }) {
  return (
    <blockquote
      className="m-soft"
      style={{
        ...text.body,
        ...asWritten,
        margin: '0 0 16px',
        paddingLeft: '14px',
        borderLeft: `3px solid ${light.gold}`,
      }}
    >
      {children}
    </blockquote>
  )
}

function composeText(words: QuestionMailWords): string {
  const blocks = [
    ...(words.greeting ? [words.greeting] : []),
    words.lead,
    words.question.replace(/^/gm, '> '),
    ...(words.answer ? [words.answer] : []),
    ...(words.note ? [words.note] : []),
    words.buttonWithUrl,
    words.why,
  ]
  return `${blocks.join('\n\n')}\n`.replace(/\u00a0/g, ' ')
}
