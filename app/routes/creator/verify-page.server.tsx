// The public page on which a statement is verified by number and code. It sets nothing and tells nothing about people.

import { fill, voiceFor } from '#app/adapters/email/messages/messages-for.ts'
import { amountWriter, writePeriod } from '#app/adapters/email/presentation/figures.ts'
import { type RateLimit, visitorKey } from '#app/adapters/http/rate-limit.ts'
import { VerifyPage, type VerifyPageProps } from '#app/components/statement/verify-page.tsx'
import type { ServiceContext } from '#app/features/context.ts'
import { verifyStatement } from '#app/features/statements/verify-statement.server.ts'
import { renderCreatorPage } from './render-creator-page.server.tsx'

const LONGEST = 80

export async function showVerification(
  services: Pick<ServiceContext, 'db'>,
  limit: RateLimit,
  request: Request,
): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const typed = {
    shop: (searchParams.get('shop') ?? '').slice(0, LONGEST),
    number: (searchParams.get('number') ?? '').slice(0, LONGEST),
    code: (searchParams.get('code') ?? '').slice(0, LONGEST),
  }
  const voice = voiceFor(request.headers.get('accept-language')?.split(/[,;]/)[0] ?? 'en')
  const isAsked = typed.number !== '' && typed.code !== ''
  const { answer, retryAfterSeconds } = isAsked
    ? await answerOf(services, limit, request, typed, voice)
    : { answer: null, retryAfterSeconds: null }
  const words = voice.messages.verifyPage
  return renderCreatorPage({
    title: words.title,
    language: voice.language,
    status: retryAfterSeconds === null ? 200 : 429,
    ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
    body: <VerifyPage words={words} language={voice.language} typed={typed} answer={answer} />,
  })
}

interface Answered {
  answer: VerifyPageProps['answer']
  retryAfterSeconds: number | null
}

async function answerOf(
  services: Pick<ServiceContext, 'db'>,
  limit: RateLimit,
  request: Request,
  typed: VerifyPageProps['typed'],
  voice: ReturnType<typeof voiceFor>,
): Promise<Answered> {
  const address = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? ''
  const verdict = limit.take(visitorKey(address))
  if (!verdict.ok) return { answer: { kind: 'busy' }, retryAfterSeconds: verdict.retryAfterSeconds }
  const result = await verifyStatement(services, typed)
  if (!result.authentic) return { answer: { kind: 'not' }, retryAfterSeconds: null }
  const { number, period, currency, closingMinor } = result.statement
  const { locale, messages } = voice
  return {
    answer: {
      kind: 'authentic',
      number,
      period: writePeriod(period, locale, (parts) => fill(messages.statement.quarter, parts)),
      closing: amountWriter(currency, locale, () => true).money(closingMinor),
    },
    retryAfterSeconds: null,
  }
}
