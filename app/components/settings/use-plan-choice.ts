import { useFetcher, useRevalidator } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

export type PlanAnswer =
  | { ok: true; outcome: 'changed' }
  | { ok: true; outcome: 'needs_approval'; approvalUrl: string }
  | { ok: false; reason: string }

const ROUTE = '/app/settings/plan'

/** Asks for another plan: opens Shopify's approval page when there is one to approve, else says what came of it. */
export function usePlanChoice(): { choose: (key: string) => void; busyWith: string | null } {
  const { t, i18n } = useTranslation()
  const shopify = useAppBridge()
  const { state, data, submit } = useFetcher<PlanAnswer>()
  const [asked, setAsked] = useState<string | null>(null)
  useEffect(() => {
    if (state !== 'idle' || !data) return
    // The approval page is Shopify's and refuses to be framed. The button keeps its spinner while the browser leaves.
    if (data.ok && data.outcome === 'needs_approval') {
      window.open(data.approvalUrl, '_top')
      return
    }
    setAsked(null)
    if (data.ok) shopify.toast.show(t('settings.plan.changed'))
    else {
      const said = `settings.plan.refused.${data.reason}`
      const key: string = i18n.exists(said) ? said : 'settings.plan.refused.unavailable'
      shopify.toast.show(t(key), { isError: true })
    }
  }, [state, data, shopify, t, i18n])
  const choose = (key: string) => {
    setAsked(key)
    submit({ plan: key }, { method: 'post', action: ROUTE })
  }
  return { choose, busyWith: asked }
}

/** Compares the stored plan with Shopify's after the page has been drawn, so that the page never waits for Shopify. */
export function usePlanRefresh(currentKey: string): void {
  const { state, data, load } = useFetcher<{ planKey: string | null }>()
  const revalidator = useRevalidator()
  useEffect(() => load(ROUTE), [load])
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks once at each answer; the stored plan of that moment counts.
  useEffect(() => {
    if (state === 'idle' && data?.planKey && data.planKey !== currentKey) revalidator.revalidate()
  }, [state, data])
}
