import { Banner, BlockStack, InlineGrid, Link, List, Page, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sellingWindow } from '#app/domain/drops/timeline.ts'
import { formatPercent } from '#app/domain/money/percent.ts'
import type { DropView } from '#app/features/drops/drop-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { formatInstant } from '../figures/format-date.ts'
import { useMoneyText } from '../figures/money.tsx'
import { type Fact, FactList } from '../layout/fact-list.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { ActList } from './act-list.tsx'
import { DropBadge } from './drop-badge.tsx'
import { OpenSoonModal } from './open-soon-modal.tsx'
import { PreflightCard } from './preflight-card.tsx'
import { PressModal } from './press-modal.tsx'
import { useDropActions } from './use-drop-actions.ts'
import type { PressKind } from './use-preview.ts'

/** One drop: where it stands, its timeline with how each act went, and what it sells to whom. */
export function DropDetail({ view }: { view: DropView }) {
  const { t } = useTranslation()
  const { drop } = view
  const [press, setPress] = useState<PressKind | 'open_soon' | null>(null)
  const [first, ...others] = useDropActions(drop, setPress)
  return (
    <Page
      title={drop.title}
      titleMetadata={<DropBadge status={drop.status} />}
      subtitle={t('drops.detail.zone', { zone: drop.timeZone })}
      backAction={{ content: t('drops.title'), url: '/app/drops' }}
      {...(first ? { primaryAction: first } : {})}
      secondaryActions={others}
    >
      <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400" alignItems="start">
        <BlockStack gap="400">
          <ZoneMoved view={view} />
          <Overlaps view={view} />
          {drop.status === 'draft' ? (
            <PreflightCard dropId={drop.id} revision={drop.revision} timeZone={drop.timeZone} />
          ) : null}
          <SectionCard title={t('drops.form.timeline')}>
            <ActList view={view} />
          </SectionCard>
          <History view={view} />
        </BlockStack>
        <BlockStack gap="400">
          <SectionCard title={t('drops.form.pieces')}>
            <List>
              {drop.offers.map((offer) => (
                <List.Item key={offer.variantId}>
                  {offer.title}
                  {offer.role === 'hero' ? ` (${t('drops.form.hero')})` : ''}
                </List.Item>
              ))}
            </List>
            {drop.offers.length === 0 ? (
              <Text as="p" tone="subdued">
                {t('drops.detail.noPieces')}
              </Text>
            ) : null}
          </SectionCard>
          <SectionCard title={t('drops.detail.terms')}>
            <FactList facts={useFacts(view)} broad />
          </SectionCard>
        </BlockStack>
      </InlineGrid>
      {press === 'open_soon' ? (
        <OpenSoonModal drop={drop} onClose={() => setPress(null)} />
      ) : press ? (
        <PressModal drop={drop} press={press} onClose={() => setPress(null)} />
      ) : null}
    </Page>
  )
}

/** Until it is over; a draft is asked to be saved again by its preflight. */
function ZoneMoved({ view: { drop, shopTimeZone } }: { view: DropView }) {
  const { t, i18n } = useTranslation()
  const opens = sellingWindow(drop.acts)?.open
  if (drop.timeZone === shopTimeZone || !opens) return null
  if (!['scheduled', 'live', 'held'].includes(drop.status)) return null
  const at = (zone: string) => formatInstant(opens, 'exact', i18n.language, zone)
  const facts = {
    planned: drop.timeZone,
    now: shopTimeZone,
    plannedAt: at(drop.timeZone),
    nowAt: at(shopTimeZone),
  }
  return (
    <Banner tone="warning" title={t('drops.detail.zoneMovedTitle')}>
      <Text as="p">{t('drops.detail.zoneMoved', facts)}</Text>
    </Banner>
  )
}

function Overlaps({ view }: { view: DropView }) {
  const { t } = useTranslation()
  if (view.overlaps.length === 0) return null
  return (
    <Banner tone="info" title={t('drops.detail.overlapTitle')}>
      <List>
        {view.overlaps.map(({ dropId, title, shared }) => (
          <List.Item key={dropId}>
            <Link url={`/app/drops/${dropId}`}>{title}</Link>
            {shared > 0 ? ` – ${t('drops.detail.overlapShared', { count: shared })}` : ''}
          </List.Item>
        ))}
      </List>
    </Banner>
  )
}

function useFacts({ drop, creator, agreement, currency }: DropView): Fact[] {
  const { t, i18n } = useTranslation()
  const money = useMoneyText()
  const { price, scarcity, arrival, earlyAccess } = drop
  const early = earlyAccess
    ? [
        ...earlyAccess.tags,
        ...earlyAccess.tiers,
        ...(earlyAccess.pastBuyers ? [t('drops.words.pastBuyers')] : []),
        ...(earlyAccess.passes ? [t('drops.words.passes')] : []),
      ]
    : []
  return [
    { label: t('drops.form.handle'), value: drop.handle },
    {
      label: t('drops.form.limit'),
      value: drop.limitPerCustomer === null ? t('drops.form.noLimit') : String(drop.limitPerCustomer),
    },
    { label: t('drops.form.early'), value: early.join(', ') },
    {
      label: t('drops.form.price'),
      value:
        price === null
          ? t('drops.form.prices.none')
          : t('drops.words.price', {
              off:
                price.kind === 'percent'
                  ? formatPercent(price.bps, i18n.language)
                  : money(price.minor, currency),
            }),
    },
    {
      label: t('drops.form.rule'),
      value: t('drops.form.ruleWords.both', { low: scarcity.lowAt, last: scarcity.lastAt }),
    },
    {
      label: t('drops.form.arrival'),
      value: arrival
        ? t('drops.detail.arrival', {
            from: arrival.fromDays,
            to: arrival.toDays,
            basis: t(`drops.form.arrivals.${arrival.basis}`),
          })
        : null,
    },
    {
      label: t('drops.form.creator'),
      value: creator ? <Link url={`/app/creators/${creator.id}`}>{creator.name}</Link> : null,
    },
    {
      label: t('drops.form.agreement'),
      value: agreement ? <Link url={`/app/agreements/${agreement.id}`}>{agreement.title}</Link> : null,
    },
  ]
}

function History({ view }: { view: DropView }) {
  const { t } = useTranslation()
  return (
    <SectionCard title={t('drops.detail.history')}>
      <List>
        {view.events.map(({ id, at, kind }) => (
          <List.Item key={id}>
            {t(`drops.event.${kind}`, { defaultValue: kind })},{' '}
            <DateText at={at} timeZone={view.drop.timeZone} style="time" />
          </List.Item>
        ))}
      </List>
    </SectionCard>
  )
}
