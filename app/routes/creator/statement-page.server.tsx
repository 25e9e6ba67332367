// The page behind a statement's link: the signature is the only key, no login, no cookie, no script.
import { fill, voiceFor } from '#app/adapters/email/messages/messages-for.ts'
import { amountWriter, writeDate, writeMoment } from '#app/adapters/email/presentation/figures.ts'
import { AcceptForm, QuestionForm, type QuestionFormProps } from '#app/components/statement/question-form.tsx'
import { StatementPage } from '#app/components/statement/statement-page.tsx'
import { EndedLink } from '#app/components/statements/ended-link.tsx'
import { screenMessages } from '#app/config/messages/i18n.ts'
import { answerDueAt } from '#app/domain/statements/answer-due.ts'
import { labelWithAmount, questionableLines } from '#app/domain/statements/questioned-line.ts'
import { localDateOf } from '#app/domain/time/instant.ts'
import type { ServiceContext } from '#app/features/context.ts'
import { type AskRefusal, askQuestion } from '#app/features/questions/ask-question.server.ts'
import {
  type CreatorQuestion,
  readCreatorQuestions,
} from '#app/features/questions/creator-questions-view.server.ts'
import { acceptStatement, readAcceptance } from '#app/features/statements/accept-statement.server.ts'
import {
  type CreatorStatementView,
  readCreatorStatement,
} from '#app/features/statements/creator-statement-view.server.ts'
import { readForm } from '../read-form.server.ts'
import { renderCreatorPage, renderDeadLink } from './render-creator-page.server.tsx'

type Services = Pick<ServiceContext, 'db' | 'clock' | 'linkSecret' | 'appUrl' | 'queue'>

interface Refused {
  reason: AskRefusal
  key: string
  question: string
}

export async function showStatement(
  services: Services,
  token: string,
  state: { wasSent?: boolean; refused?: Refused } = {},
): Promise<Response> {
  const read = await readCreatorStatement(services, token)
  if (!read.ok) {
    const { reason } = read
    return reason === 'expired' || reason === 'revoked' ? renderEndedLink(reason) : renderDeadLink()
  }
  const { statement } = read
  const { facts, verifyUrl } = statement
  const base = `/c/statements/${token}`
  const number = encodeURIComponent(facts.number)
  return renderCreatorPage({
    title: `${facts.title} ${facts.number} · ${facts.shop}`,
    language: facts.language,
    status: state.refused ? 422 : 200,
    body: (
      <StatementPage
        facts={facts}
        pdfUrl={`${base}/pdf`}
        csvUrl={`${base}/csv`}
        verifyUrl={`${verifyUrl}&number=${number}&code=${facts.code}`}
      >
        {await acceptance(services, statement)}
        <QuestionForm {...(await questionProps(services, statement, state))} />
      </StatementPage>
    ),
  })
}

/** A question, or the acceptance of a self-billed statement. Whatever stands in the way shows itself on the page. */
export async function answerStatement(
  services: Services,
  token: string,
  request: Request,
): Promise<Response> {
  const read = await readCreatorStatement(services, token)
  if (!read.ok) return showStatement(services, token)
  const form = await readForm(request)
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const back = (suffix: string) =>
    new Response(null, {
      status: 303,
      headers: { location: `/c/statements/${token}${suffix}`, 'cache-control': 'no-store' },
    })
  if (text('intent') === 'accept') {
    await acceptStatement(services, read.statement)
    return back('')
  }
  const asked = { key: text('line'), question: text('question').replace(/\r\n/g, '\n') }
  const result = await askQuestion(services, read.statement, asked)
  if (result.ok) return back('?asked=1#questions')
  return showStatement(services, token, { refused: { reason: result.reason, ...asked } })
}

async function acceptance(services: Services, statement: CreatorStatementView) {
  const { document } = statement
  if (!document.selfBilling) return null
  const { locale, messages } = voiceFor(document.locale)
  const words = messages.questionPage
  const found = await readAcceptance(services, statement)
  const date = found && writeMoment(found.acceptedAt, locale, document.timeZone)
  const accepted = date && fill(found.how === 'lapsed' ? words.lapsed : words.accepted, { date })
  return <AcceptForm words={words} accepted={accepted} />
}

async function questionProps(
  services: Services,
  statement: CreatorStatementView,
  { wasSent = false, refused }: { wasSent?: boolean; refused?: Refused },
): Promise<QuestionFormProps> {
  const { document } = statement
  const { locale, messages } = voiceFor(document.locale)
  const words = messages.questionPage
  const now = services.clock.now().toISOString()
  const { questions, answerWithinDays } = await readCreatorQuestions(services, statement)
  const isOpen = localDateOf(now, document.timeZone) <= document.questionsUntil
  const due = dayBefore(answerDueAt(now, answerWithinDays, document.timeZone))
  const whole = (key: string, label: string) => (key === 'whole' ? words.whole : label)
  const answerBy = isOpen ? writeMoment(due, locale, document.timeZone) : null
  return {
    words,
    lead: fill(words.lead, { shop: document.payer.name, date: answerBy ?? '' }),
    lines: questionableLines(document).map((line) => ({
      key: line.key,
      label: whole(line.key, labelWithAmount(line, document)),
    })),
    asked: questions.map((question) => ({
      id: question.id,
      line: question.line,
      question: question.question,
      state: stateOf(question, statement),
      answer: question.answer,
    })),
    answerBy,
    closedNote: fill(words.closed, {
      date: writeDate(document.questionsUntil, locale),
      contact: document.contact ?? document.payer.name,
    }),
    problem: refused
      ? { text: words[`refused.${refused.reason}`], key: refused.key, question: refused.question }
      : null,
    wasSent,
  }
}

function stateOf(question: CreatorQuestion, { document }: CreatorStatementView): string {
  const { locale, messages } = voiceFor(document.locale)
  const words = messages.questionPage
  const date = (at: string) => writeMoment(at, locale, document.timeZone)
  if (question.status === 'open' || question.answeredAt === null)
    return fill(words.open, { date: date(dayBefore(question.answerDueAt)) })
  const answered = date(question.answeredAt)
  if (question.status === 'answered' || question.adjustmentMinor === null)
    return fill(words.answered, { date: answered })
  const amount = amountWriter(document.currency, locale, () => true).money(question.adjustmentMinor)
  return fill(words.adjusted, { date: answered, amount })
}

/** Time is up at a midnight: the day that people read is the one before it. */
function dayBefore(instant: string): string {
  return new Date(Date.parse(instant) - 1).toISOString()
}

/** Whoever holds a genuine link was sent it once: it may say that it has ended, and nothing of whom it was for. */
function renderEndedLink(reason: 'expired' | 'revoked'): Response {
  const title = screenMessages('en').t(`statements.${reason}Link.title`)
  return renderCreatorPage({ title, language: 'en', status: 410, body: <EndedLink reason={reason} /> })
}
