import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useFetcher, useLoaderData, useRouteError } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { Page } from '@shopify/polaris'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPeriod } from '#app/components/figures/format-date.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { StatementParts } from '#app/components/statements/statement-parts.tsx'
import { useFileDownload } from '#app/components/statements/use-file-download.ts'
import { resendStatement } from '#app/features/statements/resend-statement.server.ts'
import { readStatement } from '#app/features/statements/statement-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const result = await readStatement(await requireShop(request), params.id ?? '')
  if (!result.ok) throw new Response(result.reason, { status: 404 })
  return { statement: result.statement }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const intent = (await readForm(request)).get('intent')
  if (intent !== 'resend') throw new Response('unknown intent', { status: 400 })
  return resendStatement(ctx, params.id ?? '')
}

export default function StatementPage() {
  const { statement } = useLoaderData<typeof loader>()
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
        document={document}
        documentHash={statement.documentHash}
        mails={statement.mails}
        timeZone={statement.timeZone}
      />
    </Page>
  )
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
