import './preflight-card.css'
import { useFetcher } from '@remix-run/react'
import { Badge, Banner, BlockStack, Button, InlineStack, SkeletonBodyText, Text } from '@shopify/polaris'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { PreflightItem } from '#app/domain/drops/preflight.ts'
import type { PreflightView } from '#app/features/drops/preflight-view.server.ts'
import { refusalText } from '../form/form-outcome.ts'
import { SectionCard } from '../layout/section-card.tsx'
import { refusalOf } from './plan-problems.ts'

export interface PreflightCardProps {
  dropId: string
  revision: number
  timeZone: string
}

const LIGHTS = ['red', 'amber', 'green'] as const
const TONES = { red: 'critical', amber: 'warning', green: 'success' } as const
/** Where what is wrong is put right. */
const PLACES: Partial<Record<PreflightItem['check'], string>> = {
  gate: '/app/drops/setup',
  blocks: '/app/drops/setup',
  agreement: '/app/agreements',
}

/** What must be right before the drop may be scheduled: each point with its light and what to do. Shopify is asked after the page stands. */
export function PreflightCard({ dropId, revision, timeZone }: PreflightCardProps) {
  const { t } = useTranslation()
  const fetcher = useFetcher<PreflightView>()
  const load = () => fetcher.load(`/app/drops/${dropId}/preflight`)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another plan only.
  useEffect(load, [dropId, revision])
  const view = fetcher.data
  const isLooking = fetcher.state !== 'idle' || !view
  return (
    <SectionCard title={t('drops.preflight.title')}>
      <div role="status" className="Polaris-Text--visuallyHidden">
        {isLooking ? t('drops.preflight.looking') : ''}
      </div>
      {view ? <Found view={view} dropId={dropId} timeZone={timeZone} /> : <SkeletonBodyText lines={6} />}
      <InlineStack>
        <Button onClick={load} loading={isLooking}>
          {t('drops.preflight.again')}
        </Button>
      </InlineStack>
    </SectionCard>
  )
}

function Found({ view, dropId, timeZone }: { view: PreflightView; dropId: string; timeZone: string }) {
  const { t, i18n } = useTranslation()
  if (!view.ok) return <Banner tone="warning">{t(`drops.preflight.unread.${view.reason}`)}</Banner>
  const missing = view.unfinished.map((problem) =>
    refusalText(refusalOf(problem, timeZone, i18n.language), (key, params) => t(key, params ?? {})),
  )
  const count = (light: PreflightItem['light']) => view.items.filter((item) => item.light === light).length
  const reds = count('red') + missing.length
  return (
    <BlockStack gap="300">
      <Text as="p">
        {reds > 0
          ? t('drops.preflight.blocked', { count: reds })
          : t('drops.preflight.free', { count: count('amber') })}
      </Text>
      <ul className="fil-lights">
        {missing.map((text) => (
          <Line key={text} light="red" text={text ?? ''} place={`/app/drops/${dropId}/edit`} />
        ))}
        {LIGHTS.flatMap((light) => view.items.filter((item) => item.light === light)).map((item) => (
          <Line
            key={`${item.check} ${item.reason} ${JSON.stringify(item.facts)}`}
            light={item.light}
            text={t(`drops.preflight.${item.check}.${item.reason}`, { ...item.facts })}
            {...(item.light === 'green' ? {} : placeOf(item, dropId))}
          />
        ))}
      </ul>
    </BlockStack>
  )
}

function placeOf({ check }: PreflightItem, dropId: string): { place: string } | object {
  const place = PLACES[check] ?? (check === 'stock' ? `/app/drops/${dropId}/edit` : undefined)
  return place ? { place } : {}
}

interface LineProps {
  light: PreflightItem['light']
  text: string
  place?: string
}

function Line({ light, text, place }: LineProps) {
  const { t } = useTranslation()
  return (
    <li>
      <span>
        <Badge tone={TONES[light]}>{t(`drops.preflight.light.${light}`)}</Badge>
      </span>
      <span>{text}</span>
      {place ? (
        <Button url={place} variant="plain" accessibilityLabel={`${t('drops.preflight.fix')}: ${text}`}>
          {t('drops.preflight.fix')}
        </Button>
      ) : (
        <span />
      )}
    </li>
  )
}
