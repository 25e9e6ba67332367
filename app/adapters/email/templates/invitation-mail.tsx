import { render } from '@react-email/render'
import { fill, nameFact, voiceFor } from '../messages/messages-for.ts'
import { writeMoment } from '../presentation/figures.ts'
import { FrameButton, FrameRow, MailFrame } from './mail-frame.tsx'
import { cell, light, text } from './mail-style.ts'

export interface InvitationMailInput {
  shopName: string
  creatorName: string
  /** The creator's. */
  locale: string
  /** Above 1 the mail speaks of changed terms. */
  versionNumber: number
  /** The terms as the page shows them, a sentence each. */
  termsSentences: readonly string[]
  /** Language of those sentences. Default en. */
  termsLanguage?: string
  /** Signed address of the page to read and decide. */
  url: string
  /** ISO instant. */
  expiresAt: string
  /** Of the shop, for the date shown. */
  timeZone: string
  /** Where questions go. */
  contact: string | null
}

interface InvitationWords {
  language: string
  subject: string
  preview: string
  heading: string
  greeting: string
  intro: string
  terms: readonly string[]
  termsLanguage: string
  button: string
  buttonWithUrl: string
  url: string
  notes: string[]
  footer: string[]
}

/** Invites a creator to read an agreement and to accept or decline it. */
export async function renderInvitationMail(
  input: InvitationMailInput,
): Promise<{ subject: string; html: string; text: string }> {
  const words = wordInvitation(input)
  return {
    subject: words.subject,
    html: await render(<InvitationMail words={words} shopName={input.shopName} />),
    text: composeInvitationText(words),
  }
}

function wordInvitation(input: InvitationMailInput): InvitationWords {
  const { language, locale, messages } = voiceFor(input.locale)
  const mail = messages.invitationMail
  const isNewVersion = input.versionNumber > 1
  const params = { shop: input.shopName, version: input.versionNumber }
  const date = writeMoment(input.expiresAt, locale, input.timeZone)
  return {
    language,
    subject: fill(isNewVersion ? mail.subjectNewVersion : mail.subject, params),
    preview: mail.preview,
    heading: isNewVersion ? mail.headingNewVersion : mail.heading,
    greeting: fill(mail.greeting, { name: input.creatorName }),
    intro: fill(isNewVersion ? mail.introNewVersion : mail.intro, params),
    terms: input.termsSentences,
    termsLanguage: input.termsLanguage ?? 'en',
    button: mail.button,
    buttonWithUrl: nameFact(messages.statement, { label: mail.button, value: input.url }),
    url: input.url,
    // Said only where the terms are written in another language than the mail.
    notes: [
      (input.termsLanguage ?? 'en') === language ? '' : messages.invitePage.termsWording,
      fill(mail.expires, { date }),
      mail.buttonNote,
    ].filter(Boolean),
    footer: [
      fill(mail.why, params),
      mail.linkPersonal,
      ...(input.contact ? [fill(mail.questions, { contact: input.contact })] : []),
    ],
  }
}

function composeInvitationText(words: InvitationWords): string {
  const blocks = [
    [words.greeting, '', words.intro],
    words.terms.map((sentence) => `- ${sentence}`),
    [words.buttonWithUrl, ...words.notes],
    words.footer,
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`.replace(/\u00a0/g, ' ')
}

function InvitationMail({ words, shopName }: { words: InvitationWords; shopName: string }) {
  return (
    <MailFrame
      language={words.language}
      title={words.subject}
      preview={words.preview}
      shopName={shopName}
      footer={words.footer.map((note) => (
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
          {words.greeting}
        </p>
        <p className="m-ink" style={text.body}>
          {words.intro}
        </p>
      </FrameRow>
      <FrameRow padding="0 44px 28px">
        <Terms words={words} />
      </FrameRow>
      <FrameRow padding="0 44px 40px">
        <FrameButton href={words.url}>{words.button}</FrameButton>
        {words.notes.map((note) => (
          <p key={note} className="m-soft" style={{ ...text.small, margin: '14px 0 0' }}>
            {note}
          </p>
        ))}
      </FrameRow>
    </MailFrame>
  )
}

function Terms({ words }: { words: InvitationWords }) {
  return (
    <table
      role="presentation"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      border={0}
      lang={words.termsLanguage}
    >
      <tbody>
        {words.terms.map((sentence) => (
          <tr key={sentence}>
            <td
              className="m-gold m-line"
              valign="top"
              width={22}
              style={{ ...cell, fontSize: '9px', color: light.gold }}
            >
              <span aria-hidden="true">&#9670;</span>
            </td>
            <td className="m-ink m-line" style={{ ...cell, color: light.ink }}>
              {sentence}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
