import { render } from '@react-email/render'
import { fill, nameFact, voiceFor } from '../messages/messages-for.ts'
import { writeMoment } from '../presentation/figures.ts'
import { FrameButton, FrameRow, MailFrame } from './mail-frame.tsx'
import { text } from './mail-style.ts'
import { Facts } from './payment-advice-mail.tsx'
import { adviceWords } from './payment-advice-words.ts'
import { methodWords } from './payout-method-words.ts'

interface Common {
  shopName: string
  creatorName: string
  /** The creator's. */
  locale: string
  timeZone: string
  contact: string | null
}

export interface MethodChangedInput extends Common {
  kind: 'changed'
  methodKind: string
  /** Last characters of the account, or a masked address. */
  methodEnding: string
  /** ISO instants. */
  changedAt: string
  /** No payout goes there before; null for the first details. */
  holdUntil: string | null
}

export interface DetailsAskedInput extends Common {
  kind: 'asked'
  /** Signed address of the page to fill in. */
  url: string
  expiresAt: string
}

/**
 * changed: tells that payout details were entered or changed, also the address that knew nothing of it: it names no account and holds no
 * link. asked: invites the creator to enter them.
 */
export async function renderPayoutMethodMail(
  input: MethodChangedInput | DetailsAskedInput,
): Promise<{ subject: string; html: string; text: string }> {
  const { language, locale, messages } = voiceFor(input.locale)
  const words = methodWords(language)
  const date = (instant: string) => writeMoment(instant, locale, input.timeZone)
  const params = { shop: input.shopName, name: input.creatorName, contact: input.contact ?? input.shopName }
  const said = words[input.kind]
  const subject = fill(said.subject, params)
  const lines =
    input.kind === 'changed'
      ? [
          fill(words.changed.body, params),
          ...(input.holdUntil ? [fill(words.changed.held, { date: date(input.holdUntil) })] : []),
          fill(words.changed.notYou, params),
        ]
      : [fill(words.asked.body, params), fill(words.asked.expires, { date: date(input.expiresAt) })]
  const rows = input.kind === 'changed' ? factsOf(input, language, date) : []
  const greeting = fill(words.greeting, params)
  const footer = [fill(words.why, params), ...(input.kind === 'asked' ? [words.asked.personal] : [])]
  const html = await render(
    <MailFrame
      language={language}
      title={subject}
      preview={lines[0] ?? subject}
      shopName={input.shopName}
      footer={footer.map((note) => (
        <p key={note} className="m-soft" style={{ ...text.small, fontSize: '13px', lineHeight: '20px' }}>
          {note}
        </p>
      ))}
    >
      <FrameRow padding="28px 44px 8px">
        <h1 className="m-ink" style={{ ...text.heading, margin: '0 0 18px' }}>
          {said.heading}
        </h1>
        <p className="m-ink" style={text.body}>
          {greeting}
        </p>
        {lines.map((line) => (
          <p key={line} className="m-ink" style={text.body}>
            {line}
          </p>
        ))}
      </FrameRow>
      <FrameRow padding="0 44px 40px">
        {input.kind === 'asked' ? (
          <FrameButton href={input.url}>{words.asked.button}</FrameButton>
        ) : (
          <Facts rows={rows} />
        )}
      </FrameRow>
    </MailFrame>,
  )
  const blocks = [
    [greeting, '', ...lines],
    input.kind === 'asked' ? [input.url] : rows.map((row) => nameFact(messages.statement, row)),
    footer,
  ]
  return { subject, html, text: `${blocks.map((block) => block.join('\n')).join('\n\n')}\n` }
}

function factsOf(input: MethodChangedInput, language: string, date: (instant: string) => string) {
  const words = adviceWords(language)
  const { changedOn } = methodWords(language).changed
  const kind = words.methods[input.methodKind as keyof typeof words.methods] ?? words.methods.other
  return [
    { label: words.method, value: [kind, input.methodEnding].filter(Boolean).join(' · ') },
    { label: changedOn, value: date(input.changedAt) },
  ]
}
