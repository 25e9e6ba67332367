import { render } from '@react-email/render'
import { fill, nameFact, voiceFor } from '../messages/messages-for.ts'
import { writeTimeOfDay } from '../presentation/figures.ts'
import { guestPassWords } from './guest-pass-words.ts'
import { FrameButton, FrameRow, MailFrame } from './mail-frame.tsx'
import { light, text } from './mail-style.ts'

export interface GuestPassMailInput {
  locale: string
  shopName: string
  /** The drop's title. */
  drop: string
  /** Why the person has it: the merchant's guest list, or the draw. */
  origin: 'guest' | 'draw'
  /** ISO instants: early access, and when it opens to everybody. */
  from: string
  until: string
  /** The shop's: times are written in it, with its name. */
  timeZone: string
  /** The page with the pass. */
  url: string
  /** The pass itself, for the field of the page. */
  pass: string
}

/** Gives one person their pass. It greets nobody by name: none is known. */
export async function renderGuestPassMail(
  input: GuestPassMailInput,
): Promise<{ subject: string; html: string; text: string }> {
  const { language, locale, messages } = voiceFor(input.locale)
  const words = guestPassWords(language)
  const { shopName, drop, origin, timeZone, url, pass } = input
  const params = {
    shop: shopName,
    drop,
    from: writeTimeOfDay(input.from, locale, timeZone),
    until: writeTimeOfDay(input.until, locale, timeZone),
  }
  const subject = fill(words.subject, params)
  const heading = words[`${origin}Heading`]
  const lead = fill(words[`${origin}Lead`], params)
  const why = fill(words[`${origin}Why`], params)
  const html = await render(
    <MailFrame
      language={language}
      title={subject}
      preview={lead}
      shopName={shopName}
      footer={
        <p className="m-soft" style={text.small}>
          {why}
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
        <p className="m-ink" style={text.body}>
          {words.bound}
        </p>
        <p className="m-soft" style={text.small}>
          {words.code}
        </p>
        <p
          className="m-soft"
          style={{
            ...text.small,
            margin: 0,
            padding: '10px 12px',
            border: `1px solid ${light.line}`,
            fontFamily: 'Menlo, Consolas, monospace',
            fontSize: '12px',
            wordBreak: 'break-all',
          }}
        >
          {pass}
        </p>
      </FrameRow>
    </MailFrame>,
  )
  const blocks = [
    heading,
    lead,
    nameFact(messages.statement, { label: words.button, value: url }),
    words.bound,
    `${words.code}\n${pass}`,
    why,
  ]
  return { subject, html, text: `${blocks.join('\n\n')}\n`.replace(/\u00a0/g, ' ') }
}
