import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { QuestionList } from '#app/components/questions/question-list.tsx'
import { StatementTabs } from '#app/components/statements/statement-tabs.tsx'
import { readQuestions } from '#app/features/questions/question-list-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerFromForm } from './answer-action.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const { searchParams } = new URL(request.url)
  const state = searchParams.get('state') === 'answered' ? ('answered' as const) : ('open' as const)
  const page = Math.trunc(Number(searchParams.get('page'))) || 1
  return { state, view: await readQuestions(ctx, { state, page: Math.min(Math.max(page, 1), 100_000) }) }
}

export async function action({ request }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  return answerFromForm(ctx, await readForm(request), actorOf(request))
}

export default function QuestionsPage() {
  const { state, view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page title={t('statements.questions.title')} subtitle={t('statements.questions.subtitle')}>
      <BlockStack gap="400">
        <StatementTabs />
        <QuestionList state={state} {...view} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
