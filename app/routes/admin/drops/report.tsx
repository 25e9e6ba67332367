import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DropBadge } from '#app/components/drops/drop-badge.tsx'
import { DropReportPage } from '#app/components/drops/drop-report.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readDropReport } from '#app/features/drops/report-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const read = await readDropReport(await requireShop(request), params.id ?? '')
  if (!read.ok) throw new Response('No such drop', { status: 404 })
  return { report: read.report }
}

export default function ReportPage() {
  const { report } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      title={t('drops.report.title')}
      subtitle={report.title}
      titleMetadata={<DropBadge status={report.status} />}
      backAction={{ content: report.title, url: `/app/drops/${report.dropId}` }}
    >
      <DropReportPage report={report} />
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
