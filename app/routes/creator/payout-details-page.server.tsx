// The page on which a creator says where to be paid. The signature is the only key; what stands is never shown, only its end.
import type { TokenKeys } from '#app/adapters/shopify/token-cipher.ts'
import { PayoutDetailsPage } from '#app/components/payouts/payout-details-page.tsx'
import { detailsWords } from '#app/components/payouts/payout-details-words.ts'
import { METHOD_KINDS, type MethodInput, type MethodProblem } from '#app/domain/payouts/method-details.ts'
import type { ServiceContext } from '#app/features/context.ts'
import { readPayoutDetailsLink } from '#app/features/payouts/payout-details-link.server.ts'
import { savePayoutMethod } from '#app/features/payouts/save-payout-method.server.ts'
import { renderCreatorPage, renderDeadLink } from './render-creator-page.server.tsx'

type Services = Pick<ServiceContext, 'db' | 'queue' | 'clock' | 'linkSecret'>

interface Typed {
  kind: string | null
  values?: MethodInput
  problems?: readonly MethodProblem[]
}

export async function showPayoutDetails(
  services: Pick<Services, 'db' | 'clock' | 'linkSecret'>,
  token: string,
  typed: Typed,
): Promise<Response> {
  const read = await readPayoutDetailsLink(services, token)
  if (!read.ok) return read.reason === 'dead' ? renderDeadLink() : renderEnded(read.reason)
  const { view } = read
  const { language, words } = detailsWords(view.locale)
  const fallback = view.shop.currency === 'EUR' ? 'sepa' : 'paypal'
  return renderCreatorPage({
    title: `${words.title} · ${view.shop.name}`,
    language,
    status: typed.problems && typed.problems.length > 0 ? 422 : 200,
    body: (
      <PayoutDetailsPage
        words={words}
        view={view}
        kind={METHOD_KINDS.find((kind) => kind === typed.kind) ?? fallback}
        values={typed.values ?? {}}
        problems={typed.problems ?? []}
      />
    ),
  })
}

export async function answerPayoutDetails(
  services: Services,
  keys: TokenKeys,
  token: string,
  request: Request,
): Promise<Response> {
  const form = await request.formData().catch(() => null)
  if (!form)
    return new Response('This is no form.', { status: 400, headers: { 'cache-control': 'no-store' } })
  const read = await readPayoutDetailsLink(services, token)
  if (!read.ok) return read.reason === 'dead' ? renderDeadLink() : renderEnded(read.reason)
  const { view } = read
  const values = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  const result = await savePayoutMethod({ ...services, shop: view.shop }, keys, {
    creatorId: view.creatorId,
    formId: String(form.get('formId') ?? ''),
    method: { ...values, currency: values.currency ?? view.shop.currency },
    by: 'creator',
    actor: `creator/${view.creatorId}`,
    linkNonce: read.nonce,
  })
  if (!result.ok && result.reason === 'invalid_input') {
    return showPayoutDetails(services, token, {
      kind: values.kind ?? null,
      values,
      problems: result.problems,
    })
  }
  if (!result.ok && result.reason === 'link_used') return renderEnded('used')
  if (!result.ok) return renderDeadLink()
  const { language, words } = detailsWords(view.locale)
  return renderCreatorPage({
    title: `${words.savedTitle} · ${view.shop.name}`,
    language,
    body: (
      <main className="sheet">
        <header className="sheet-head">
          <p className="sheet-shop">{view.shop.name}</p>
          <h1>{words.savedTitle}</h1>
          <p>{result.holdUntil ? words.savedHeld : words.saved}</p>
        </header>
      </main>
    ),
  })
}

/** Whoever holds a genuine link was sent it once: it may say that it has ended, and nothing of whom it was for. */
function renderEnded(reason: 'expired' | 'used'): Response {
  const { words } = detailsWords('en')
  return renderCreatorPage({
    title: words[`${reason}Title`],
    language: 'en',
    status: 410,
    body: (
      <main className="sheet">
        <header className="sheet-head">
          <h1>{words[`${reason}Title`]}</h1>
          <p>{words[reason]}</p>
        </header>
      </main>
    ),
  })
}
