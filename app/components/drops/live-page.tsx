import './live-page.css'
import { useRevalidator } from '@remix-run/react'
import { Banner, BlockStack, Button, InlineStack, Text } from '@shopify/polaris'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DropStatus } from '#app/domain/drops/drop.ts'
import { pressesOf } from '#app/domain/drops/drop-state.ts'
import type { LiveView } from '#app/features/drops/live-view.server.ts'
import { formatInstant } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { DropBadge } from './drop-badge.tsx'
import { actName, LiveActs } from './live-acts.tsx'
import { PressModal, type PressModalProps } from './press-modal.tsx'
import type { Live } from './use-live.ts'
import type { PressKind } from './use-preview.ts'

export interface LivePageProps {
  live: Live
  /** The plan as the presses need it; read anew after each of them. */
  drop: PressModalProps['drop']
}

/** A drop while it sells, and the host's console: what is next, what is sold, what is left, and big buttons. */
export function LivePage({ live, drop }: LivePageProps) {
  const { t } = useTranslation()
  const { view, isConnected } = live
  const { revalidate } = useRevalidator()
  // Somebody pressed elsewhere, or an act ran: the presses are about the drop as it stands.
  const seen = useRef(view.revision)
  useEffect(() => {
    if (seen.current === view.revision) return
    seen.current = view.revision
    revalidate()
  }, [view.revision, revalidate])
  return (
    <>
      <div role="status" className="fil-live__line">
        {isConnected ? null : <Banner tone="warning">{t('drops.live.offline')}</Banner>}
      </div>
      <div className="fil-live">
        <BlockStack gap="400">
          <NextAct live={live} />
          <HostConsole drop={drop} status={view.status} />
        </BlockStack>
        <BlockStack gap="400">
          <Figures view={view} />
          <Pieces view={view} />
        </BlockStack>
        <BlockStack gap="400">
          <SectionCard title={t('drops.form.timeline')}>
            <LiveActs view={view} />
          </SectionCard>
          <LastOrders view={view} />
        </BlockStack>
      </div>
    </>
  )
}

function NextAct({ live }: { live: Live }) {
  const { t, i18n } = useTranslation()
  const { view } = live
  const now = useServerTime(live.aheadMs)
  const next = view.acts.find(({ status }) => status === 'planned' || status === 'running')
  if (view.status === 'draft' || view.status === 'closed' || view.status === 'aborted')
    return <NotRunning view={view} />
  // On hold nothing comes by itself: a clock that ran would promise what does not happen.
  const isRun = view.status !== 'held'
  const name = next ? actName(t, view.acts, next) : ''
  return (
    <SectionCard title={next ? t('drops.live.next', { act: name }) : t(`drops.status.${view.status}`)}>
      <InlineStack gap="200" blockAlign="center">
        <DropBadge status={view.status} />
        {next ? (
          <Text as="span" tone="subdued">
            {formatInstant(next.at, 'exact', i18n.language, view.timeZone)}
          </Text>
        ) : null}
      </InlineStack>
      {next && isRun ? (
        <p className="fil-live__clock" role="timer" aria-label={name}>
          {now === null ? '\u00a0' : t('drops.live.clock', clockOf(Date.parse(next.at) - now))}
        </p>
      ) : null}
      {next && !isRun ? <Text as="p">{t('drops.live.waits')}</Text> : null}
    </SectionCard>
  )
}

/** Nothing counts down: where there is more to see. */
function NotRunning({ view }: { view: LiveView }) {
  const { t } = useTranslation()
  const isDraft = view.status === 'draft'
  const address = `/app/drops/${view.id}${isDraft ? '' : '/report'}`
  return (
    <SectionCard title={t(`drops.live.${isDraft ? 'notScheduled' : 'over'}`)}>
      <InlineStack gap="200" blockAlign="center">
        <DropBadge status={view.status} />
      </InlineStack>
      <InlineStack>
        <Button url={address}>{t(`drops.report.${isDraft ? 'toDrop' : 'title'}`)}</Button>
      </InlineStack>
    </SectionCard>
  )
}

/** Milliseconds by the server's clock, once a second. Null until the page is alive. */
function useServerTime(aheadMs: number): number | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    const tick = () => setNow(Date.now() + aheadMs)
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [aheadMs])
  return now
}

/** Whole days, and what is left of the last one as "2:09:05" or "9:05"; what is due is zero. */
export function clockOf(ms: number): { count: number; clock: string; context?: 'days' } {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const days = Math.floor(seconds / 86_400)
  const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = days > 0 || (parts[0] ?? 0) > 0 ? parts : parts.slice(1)
  const clock = shown
    .map((part, index) => (index === 0 && days === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':')
  return days > 0 ? { count: days, clock, context: 'days' } : { count: 0, clock }
}

const IN_CONSOLE: readonly PressKind[] = ['hold', 'resume', 'extend', 'abort']

function HostConsole({ drop, status }: { drop: PressModalProps['drop']; status: DropStatus }) {
  const { t } = useTranslation()
  const [press, setPress] = useState<PressKind | null>(null)
  const presses = IN_CONSOLE.filter((kind) => pressesOf(status).includes(kind))
  if (presses.length === 0) return null
  return (
    <SectionCard title={t('drops.live.console')}>
      <div className="fil-console">
        {presses.map((kind) => (
          <button key={kind} type="button" className={`fil-console__${kind}`} onClick={() => setPress(kind)}>
            {t(`drops.live.press.${kind}`)}
          </button>
        ))}
      </div>
      <Text as="p" tone="subdued" variant="bodySm">
        {t('drops.live.consoleHelp')}
      </Text>
      {press ? <PressModal drop={drop} press={press} onClose={() => setPress(null)} /> : null}
    </SectionCard>
  )
}

function Figures({ view }: { view: LiveView }) {
  const { t } = useTranslation()
  const { orders } = view
  return (
    <SectionCard title={t('drops.live.sold')}>
      <dl className="fil-live__figures">
        <div>
          <dt>{t('drops.live.orders')}</dt>
          <dd>{orders.count}</dd>
        </div>
        <div>
          <dt>{t('drops.live.units')}</dt>
          <dd>{orders.units}</dd>
        </div>
        <div>
          <dt>{t('drops.live.net')}</dt>
          <dd>
            <Money minor={orders.netMinor} currency={view.currency} />
          </dd>
        </div>
      </dl>
    </SectionCard>
  )
}

function Pieces({ view }: { view: LiveView }) {
  const { t } = useTranslation()
  return (
    <SectionCard title={t('drops.live.stock')}>
      <ul className="fil-live__rows">
        {view.pieces.map((piece) => (
          <li key={piece.variantId}>
            <span>{piece.title}</span>
            <strong>
              {piece.available === null
                ? t('drops.live.soldOnly', { sold: piece.sold })
                : t('drops.live.soldAndLeft', { sold: piece.sold, left: Math.max(0, piece.available) })}
            </strong>
          </li>
        ))}
      </ul>
      {view.pieces.some(({ available }) => available === null) ? (
        <Text as="p" tone="subdued" variant="bodySm">
          {t('drops.live.notCounted')}
        </Text>
      ) : null}
      {view.signups > 0 ? <Text as="p">{t('drops.live.signups', { count: view.signups })}</Text> : null}
    </SectionCard>
  )
}

function LastOrders({ view }: { view: LiveView }) {
  const { t, i18n } = useTranslation()
  return (
    <SectionCard title={t('drops.live.last')}>
      {view.lastOrders.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('drops.live.none')}
        </Text>
      ) : (
        <ul className="fil-live__rows">
          {view.lastOrders.map(({ name, at, units }) => (
            <li key={name}>
              <span>{name}</span>
              <span>
                {t('drops.live.orderUnits', { count: units })},{' '}
                {formatInstant(at, 'seconds', i18n.language, view.timeZone)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  )
}
