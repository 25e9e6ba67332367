import { render } from '@react-email/render'
import { fill, nameFact, voiceFor } from '../messages/messages-for.ts'
import { writeTime, writeTimeOfDay } from '../presentation/figures.ts'
import { FrameButton, FrameRow, MailFrame } from './mail-frame.tsx'
import { light, text } from './mail-style.ts'
import { restockWords } from './restock-words.ts'

export interface RestockMailInput {
  /** The shopper's. */
  locale: string
  shopName: string
  piece: string
  /** ISO instant. */
  heldUntil: string
  /** The shop's: the time is written in it, with its name. */
  timeZone: string
  /** Where the held piece is bought. */
  url: string
  unsubscribeUrl: string
}

/** Tells one person of the piece that is held for them. It greets nobody by name: none is known. */
export async function renderRestockMail(
  input: RestockMailInput,
): Promise<{ subject: string; html: string; text: string }> {
  const { language, locale, messages } = voiceFor(input.locale)
  const words = restockWords(language)
  const { shopName, piece, timeZone, url, unsubscribeUrl } = input
  const params = {
    shop: shopName,
    piece,
    moment: writeTimeOfDay(input.heldUntil, locale, timeZone),
    time: writeTime(input.heldUntil, locale, timeZone),
  }
  const subject = fill(words.subject, params)
  const heading = fill(words.heading, params)
  const lead = fill(words.lead, params)
  const why = fill(words.why, params)
  const html = await render(
    <MailFrame
      language={language}
      title={subject}
      preview={lead}
      shopName={shopName}
      footer={
        <p className="m-soft" style={text.small}>
          {why}{' '}
          <a className="m-soft" href={unsubscribeUrl} style={{ color: light.soft }}>
            {words.unsubscribe}
          </a>
        </p>
      }
    >
      <FrameRow padding="28px 44px 8px">
        <h1 className="m-ink" style={{ ...text.heading, margin: '0 0 18px' }}>
          {heading}
        </h1>
        <p className="m-ink" style={text.body}>
          {lead}
        </p>
      </FrameRow>
      <FrameRow padding="4px 44px 20px">
        <FrameButton href={url}>{words.button}</FrameButton>
      </FrameRow>
      <FrameRow padding="0 44px 32px">
        <p className="m-soft" style={text.body}>
          {words.after}
        </p>
      </FrameRow>
    </MailFrame>,
  )
  const named = (label: string, value: string) => nameFact(messages.statement, { label, value })
  const blocks = [
    heading,
    lead,
    named(words.button, url),
    words.after,
    why,
    named(words.unsubscribe, unsubscribeUrl),
  ]
  return { subject, html, text: `${blocks.join('\n\n')}\n`.replace(/\u00a0/g, ' ') }
}
