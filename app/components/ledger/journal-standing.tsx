import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { Badge, InlineStack } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '#app/domain/money/percent.ts'
import { DateText } from '../figures/date-text.tsx'
import { formatInstant } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import { FactList } from '../layout/fact-list.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { journalWords } from './journal-words.ts'

interface Hold {
  creatorName: string
  maturesAt: string
  releasedAt: string | null
  disputed: boolean
  unpaid: boolean
  releasedBySeq: string | null
  reserve: { bps: number; until: string; releasedAt: string | null; releasedBySeq: string | null } | null
}

/** When the royalties of the line become payable, or since when they are. */
export function Maturity({ holds, timeZone }: { holds: Hold[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  const words = (hold: Hold) => {
    const creator = hold.creatorName || t('common.unknownCreator')
    const on = (at: string) => formatInstant(at, 'date', i18n.language, timeZone)
    if (hold.releasedAt) return t('ledger.journal.released', { creator, date: on(hold.releasedAt) })
    if (hold.disputed) return t('ledger.journal.frozen', { creator })
    if (hold.unpaid) return t('ledger.journal.unpaid', { creator })
    return t('ledger.journal.maturesOn', { creator, date: on(hold.maturesAt) })
  }
  const reserveWords = (hold: Hold, reserve: NonNullable<Hold['reserve']>) =>
    t(reserve.releasedAt ? 'ledger.journal.reserveReleased' : 'ledger.journal.reserveUntil', {
      creator: hold.creatorName || t('common.unknownCreator'),
      share: formatPercent(reserve.bps, i18n.language),
      date: formatInstant(reserve.releasedAt ?? reserve.until, 'date', i18n.language, timeZone),
    })
  return (
    <SectionCard title={t('ledger.journal.maturity')}>
      <ul className="fil-sentences">
        {holds.map((hold) => (
          <li key={`${hold.creatorName} ${hold.maturesAt}`}>
            {hold.releasedBySeq ? (
              <Link to={`/app/ledger/journals/${hold.releasedBySeq}`}>{words(hold)}</Link>
            ) : (
              words(hold)
            )}
            {hold.reserve ? (
              <div>
                {hold.reserve.releasedBySeq ? (
                  <Link to={`/app/ledger/journals/${hold.reserve.releasedBySeq}`}>
                    {reserveWords(hold, hold.reserve)}
                  </Link>
                ) : (
                  reserveWords(hold, hold.reserve)
                )}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

interface Related {
  seq: string
  kind: string
  action: string | null
  lineType: string | null
  title: string
  effectiveAt: string
  royaltyMinor: string
}

/** What else the ledger holds of the same order. */
export function RelatedJournals({
  related,
  timeZone,
  currency,
}: {
  related: Related[]
  timeZone: string
  currency: string
}) {
  const { t } = useTranslation()
  return (
    <SectionCard title={t('ledger.journal.related')}>
      <ul className="fil-sentences">
        {related.map((row) => (
          <li key={row.seq}>
            <Link to={`/app/ledger/journals/${row.seq}`}>{t('ledger.list.number', { seq: row.seq })}</Link>{' '}
            {journalWords(t, row)} · <DateText at={row.effectiveAt} timeZone={timeZone} />
            {row.royaltyMinor === '0' ? null : (
              <>
                {' '}
                · {t('ledger.list.royalty')} <Money minor={row.royaltyMinor} currency={currency} />
              </>
            )}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

export interface ChainPlaceProps {
  factKey: string
  chain: { hash: string; previousHash: string; inputHash: string; isNewest: boolean }
  statements: Array<{ id: string; number: string }>
  reversesSeq: string | null
  reversedBySeq: string | null
}

/** The journal's fingerprints and the statements that it stands on. */
export function ChainPlace({ factKey, chain, statements, reversesSeq, reversedBySeq }: ChainPlaceProps) {
  const { t } = useTranslation()
  const code = (text: string) => <span className="fil-code">{text}</span>
  return (
    <SectionCard title={t('ledger.journal.chain')}>
      <p>{t('ledger.journal.chainBody')}</p>
      {chain.isNewest ? (
        <InlineStack>
          <Badge tone="info">{t('ledger.journal.newest')}</Badge>
        </InlineStack>
      ) : null}
      <FactList
        facts={[
          { label: t('ledger.journal.factKey'), value: code(factKey) },
          { label: t('ledger.journal.hash'), value: code(chain.hash) },
          { label: t('ledger.journal.previousHash'), value: code(chain.previousHash) },
          { label: t('ledger.journal.inputHash'), value: code(chain.inputHash) },
          {
            label: t('ledger.journal.statements'),
            value:
              statements.length > 0
                ? statements.map(({ id, number }) => (
                    <Link key={id} to={`/app/statements/${id}`} style={{ marginInlineEnd: 8 }}>
                      {number}
                    </Link>
                  ))
                : null,
          },
        ]}
      />
      {reversesSeq ? (
        <Link className="fil-link" to={`/app/ledger/journals/${reversesSeq}`}>
          {t('ledger.journal.reversed', { seq: reversesSeq })}
        </Link>
      ) : null}
      {reversedBySeq ? (
        <Link className="fil-link" to={`/app/ledger/journals/${reversedBySeq}`}>
          {t('ledger.journal.reversedBy', { seq: reversedBySeq })}
        </Link>
      ) : null}
    </SectionCard>
  )
}
