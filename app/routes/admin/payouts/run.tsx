import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Banner, BlockStack, InlineGrid, Page } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { RunPayouts } from '#app/components/payouts/run-payouts.tsx'
import { type RunQuestion, RunQuestionModal } from '#app/components/payouts/run-question.tsx'
import {
  hasFiles,
  MissingAccount,
  RunFacts,
  RunFiles,
  RunHistory,
} from '#app/components/payouts/run-side.tsx'
import { readRun } from '#app/features/payouts/run-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { actorOf } from './actor.server.ts'
import { answerRunForm } from './run-action.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const me = actorOf(request)
  const run = await readRun(ctx, params.id ?? '', me)
  if (!run) throw new Response('run_not_found', { status: 404 })
  return { run, me }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const actor = actorOf(request)
  return answerRunForm(ctx, { runId: params.id ?? '', actor, form: await readForm(request) })
}

export default function RunPage() {
  const { run, me } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const [question, setQuestion] = useState<RunQuestion | null>(null)
  const next = nextStep(run)
  const mayVoid = run.status === 'draft' || run.status === 'approved'
  const waitsForOther = run.status === 'draft' && run.approvedByMe
  return (
    <Page
      fullWidth
      title={t('payouts.run.title', { number: run.number })}
      subtitle={t(`payouts.status.${run.status}`)}
      backAction={{ content: t('payouts.title'), url: '/app/payouts' }}
      {...(next
        ? {
            primaryAction: {
              content: t(`payouts.question.${next}.do`),
              disabled: waitsForOther,
              onAction: () => setQuestion(next),
            },
          }
        : {})}
      secondaryActions={
        mayVoid
          ? [
              {
                content: t('payouts.question.void.do'),
                destructive: true,
                onAction: () => setQuestion('void'),
              },
            ]
          : []
      }
    >
      <BlockStack gap="400">
        <MissingAccount run={run} />
        {waitsForOther ? <Banner>{t('payouts.refused.second_person_needed')}</Banner> : null}
        <InlineGrid columns={{ xs: 1, md: hasFiles(run) ? 2 : 1 }} gap="400" alignItems="start">
          <RunFacts run={run} me={me} />
          <RunFiles run={run} />
        </InlineGrid>
        <RunPayouts run={run} />
        <RunHistory run={run} me={me} />
      </BlockStack>
      <RunQuestionModal run={run} question={question} onClose={() => setQuestion(null)} />
    </Page>
  )
}

function nextStep(run: { status: string }): RunQuestion | null {
  if (run.status === 'draft') return 'approve'
  if (run.status === 'approved') return 'send'
  return run.status === 'sent' ? 'confirm-all' : null
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
