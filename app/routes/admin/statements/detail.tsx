import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useFetcher, useLoaderData, useRouteError } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { Page } from '@shopify/polaris'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { presentStatement } from '#app/adapters/email/presentation/statement-facts.ts'
import { formatPeriod } from '#app/components/figures/format-date.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { StatementParts } from '#app/components/statements/statement-parts.tsx'
import { useFileDownload } from '#app/components/statements/use-file-download.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { resendStatement } from '#app/features/statements/resend-statement.server.ts'
import { readStatement } from '#app/features/statements/statement-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const result = await readStatement(await requireShop(request), params.id ?? '')
  if (!result.ok) throw new Response(result.reason, { status: 404 })
  const { statement } = result
  // The merchant reads the creator's document in the admin's own language.
  const english = { ...statement.document, locale: 'en' }
  return { statement, facts: presentStatement(english, { hash: statement.documentHash }) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const intent = (await readForm(request)).get('intent')
  if (intent !== 'resend') throw new Response('unknown intent', { status: 400 })
  return resendStatement(ctx, params.id ?? '')
}

export default function StatementPage() {
  const { statement, facts } = useLoaderData<typeof loader>()
  const { t, i18n } = useTranslation()
  const { download, busyWith } = useFileDownload()
  const resend = useResend()
  const { document } = statement
  const fileUrl = (format: string) => `/app/statements/${statement.id}/file?format=${format}`
  return (
    <Page
      fullWidth
      title={document.number}
      subtitle={`${statement.creatorName || document.payee.name} · ${formatPeriod(document.period, 'month', i18n.language)}`}
      backAction={{ content: t('statements.detail.back'), url: '/app/statements' }}
      primaryAction={{
        content: t('statements.detail.downloadPdf'),
        loading: busyWith === fileUrl('pdf'),
        onAction: () => void download(fileUrl('pdf'), `${document.number}.pdf`),
      }}
      secondaryActions={[
        {
          content: t('statements.detail.downloadCsv'),
          loading: busyWith === fileUrl('csv'),
          onAction: () => void download(fileUrl('csv'), `${document.number}.csv`),
        },
        { content: t('statements.detail.resend'), loading: resend.busy, onAction: resend.send },
      ]}
    >
      <StatementParts
        facts={facts}
        postingsUrl={(key) => postingsUrl(statement, key)}
        verifyUrl={`${statement.verifyUrl}&number=${encodeURIComponent(document.number)}&code=${statement.code}`}
        questions={statement.questions}
        acceptance={statement.acceptance}
        isSelfBilled={document.selfBilling !== null}
        mails={statement.mails}
        timeZone={statement.timeZone}
      />
    </Page>
  )
}

/** The journals behind a line: this creator's, of this product; of the statement's month where it is one. */
function postingsUrl(statement: { creatorId: string; document: StatementDocument }, key: string): string {
  const { lines, period } = statement.document
  const productId = lines.find((line) => line.key === key)?.productId
  const query = new URLSearchParams({ creator: statement.creatorId })
  if (/^\d{4}-\d{2}$/.test(period)) query.set('period', period)
  if (productId) query.set('product', productId)
  return `/app/ledger?${query}`
}

function useResend() {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const { state, data, submit } = useFetcher<typeof action>()
  useEffect(() => {
    if (state !== 'idle' || !data) return
    if (data.ok) shopify.toast.show(t('statements.detail.resent', { address: data.toAddress }))
    else shopify.toast.show(t(`statements.detail.resendRefused.${data.reason}`), { isError: true })
  }, [state, data, shopify, t])
  return {
    busy: state !== 'idle',
    send: () => submit({ intent: 'resend' }, { method: 'post' }),
  }
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
