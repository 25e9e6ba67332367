// The page behind an invitation, and the answer that is given on it.
import { voiceFor } from '#app/adapters/email/messages/messages-for.ts'
import { writeMoment } from '#app/adapters/email/presentation/figures.ts'
import { sampleWords } from '#app/components/agreements/sample-words.ts'
import { AgreementInvitePage, type InviteProblem } from '#app/components/statement/agreement-invite-page.tsx'
import { wordForNew } from '#app/domain/agreements/describe-terms.ts'
import { computeSamplePayout } from '#app/domain/agreements/sample-payout.ts'
import { formatMoney } from '#app/domain/money/format-amount.ts'
import { decideAgreement } from '#app/features/agreements/decide-agreement.server.ts'
import { type InvitationView, readInvitation } from '#app/features/agreements/invitation-view.server.ts'
import type { ServiceContext } from '#app/features/context.ts'
import { renderCreatorPage, renderDeadLink } from './render-creator-page.server.tsx'

type Services = Pick<ServiceContext, 'db' | 'clock' | 'linkSecret'>

interface Lacking {
  problems: readonly InviteProblem[]
  typedName: string
  status: 400 | 422
}

export async function showInvitation(
  services: Services,
  token: string,
  lacking?: Lacking,
): Promise<Response> {
  const read = await readInvitation(services, token)
  if (!read.ok) return renderDeadLink()
  const { view } = read
  const { language, locale, messages } = voiceFor(view.locale)
  return renderCreatorPage({
    title: view.state === 'superseded' ? view.shopName : `${view.title} · ${view.shopName}`,
    language,
    status: lacking?.status ?? 200,
    body: (
      <AgreementInvitePage
        words={messages.invitePage}
        language={language}
        shopName={view.shopName}
        creatorName={view.creatorName}
        versionNumber={view.versionNumber}
        termsSentences={view.sentences}
        termsHash={view.termsHash}
        newTerms={{ mark: wordForNew(view.locale), sentences: view.newSentences }}
        termsLanguage={view.termsLanguage}
        termsLocale={view.locale}
        sample={sampleRows(view, language, locale)}
        expiresOn={writeMoment(view.expiresAt, locale, view.timeZone)}
        state={view.state}
        problems={lacking?.problems ?? []}
        typedName={lacking?.typedName ?? ''}
      />
    ),
  })
}

/** Whatever stands in the way shows itself on the page that follows: it is read anew. */
export async function answerInvitation(
  services: Services,
  token: string,
  request: Request,
): Promise<Response> {
  const form = await request.formData().catch(() => null)
  if (!form) return showInvitation(services, token, { problems: [], typedName: '', status: 400 })
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const decision = text('decision')
  if (decision !== 'accept' && decision !== 'decline') return showInvitation(services, token)
  const result = await decideAgreement(services, {
    token,
    decision,
    name: text('name'),
    confirmed: text('confirmed') === 'yes',
    termsHash: text('termsHash'),
    locale: text('termsLocale'),
    ip: request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '',
    userAgent: request.headers.get('user-agent') ?? '',
  })
  if (!result.ok && result.reason === 'incomplete') {
    return showInvitation(services, token, {
      problems: result.problems,
      typedName: text('name'),
      status: 422,
    })
  }
  // Shown by a page of its own, so that a reload asks nothing twice.
  const { pathname } = new URL(request.url)
  return new Response(null, { status: 303, headers: { Location: pathname, 'Cache-Control': 'no-store' } })
}

/** One piece at its price, a tenth off, as the shop's own arithmetic pays it. */
function sampleRows(view: InvitationView, language: string, locale: string) {
  const { terms } = view
  const listMinor = BigInt(view.sampleListMinor)
  const payout = computeSamplePayout({
    listMinor,
    discountMinor: listMinor / 10n,
    quantity: 1,
    terms,
    otherSharesBps: [],
    capBps: view.maxTotalShareBps,
  })
  if (!payout.ok) return []
  const words = sampleWords(language)
  const money = (minor: bigint) => formatMoney(minor, terms.currency, locale)
  return [
    { label: words.list, amount: money(payout.listMinor) },
    { label: words.discount, amount: money(-payout.discountMinor) },
    { label: words.net, amount: money(payout.netMinor) },
    ...(payout.feeMinor > 0n ? [{ label: words.fee, amount: money(-payout.feeMinor) }] : []),
    { label: words.yours, amount: money(payout.royaltyMinor), isResult: true },
  ]
}
