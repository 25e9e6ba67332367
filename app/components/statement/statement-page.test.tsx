import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { voiceFor } from '#app/adapters/email/messages/messages-for.ts'
import {
  emptyStatement,
  SAMPLE_HASH,
  sampleStatement,
} from '#app/adapters/email/presentation/sample-statement.ts'
import { presentStatement } from '#app/adapters/email/presentation/statement-facts.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import {
  AgreementInvitePage,
  type AgreementInvitePageProps,
  type InviteState,
} from './agreement-invite-page.tsx'
import { StatementPage } from './statement-page.tsx'

function renderPage(document: StatementDocument): string {
  // What a loader hands over travels as JSON.
  const facts = JSON.parse(JSON.stringify(presentStatement(document, { hash: SAMPLE_HASH })))
  return renderToStaticMarkup(
    <StatementPage facts={facts} pdfUrl="token/pdf" csvUrl="token/csv" verifyUrl="/statements/verify" />,
  )
}

test('the page shows every step of every line, and what it can be checked by', () => {
  const document = sampleStatement()
  const html = renderPage(document)
  for (const line of document.lines) expect(html).toContain(line.product)
  for (const figure of ['€130.90', '€263.40', '-110.00', '220.00', '2,520.40', '12.5%', '1041–1043']) {
    expect(html).toContain(figure)
  }
  for (const proof of [SAMPLE_HASH, document.chain.head, document.previousStatement?.hash])
    expect(html).toContain(proof)
  expect(html).toContain('href="token/pdf"')
  expect(html.match(/<th scope="col"/g)).toHaveLength(11)
})

test('a month without sales has no empty table', () => {
  const html = renderPage(emptyStatement({ locale: 'it' }))
  expect(html).not.toContain('sheet-lines')
  expect(html).toContain('In questo periodo nessuna vendita')
  expect(html).toContain('lang="it"')
})

test('every section stands on the page, an empty one with its word', () => {
  const html = renderPage(emptyStatement())
  for (const title of [
    'Bonuses',
    'Reserve against returns',
    'Advances',
    'Tax',
    'Payments',
    'Questions, contact, inspection',
  ])
    expect(html).toContain(title)
  expect(html).toContain('None in this period.')
  expect(renderPage(sampleStatement())).toContain('1 returned from April 2026, statement MIRA-0004: -€110.00')
})

const invitation: AgreementInvitePageProps = {
  words: voiceFor('en').messages.invitePage,
  language: 'en',
  shopName: 'Lumen <Atelier>',
  creatorName: 'Mira Sólveig',
  versionNumber: 2,
  termsSentences: ['You get 12.5% of the net value.'],
  termsHash: 'a1b2',
  sample: [
    { label: 'List price', amount: '€200.00' },
    { label: 'You get', amount: '€25.00', isResult: true },
  ],
  expiresOn: 'June 14, 2026',
  state: 'open',
}

function renderInvitation(changes: Partial<AgreementInvitePageProps> = {}): string {
  return renderToStaticMarkup(<AgreementInvitePage {...invitation} {...changes} />)
}

test('an open invitation can be answered by a plain form that names the terms shown', () => {
  const html = renderInvitation()
  expect(html).toContain('method="post"')
  expect(html).toContain('name="decision" value="accept"')
  expect(html).toContain('name="decision" value="decline"')
  expect(html).toContain('name="termsHash" value="a1b2"')
  expect(html).toContain('name="name"')
  expect(html).toContain('name="confirmed"')
  expect(html).toContain('Lumen &lt;Atelier&gt;')
  expect(html).not.toContain('role="alert"')
})

test.each(['accepted', 'declined', 'expired', 'withdrawn'] satisfies InviteState[])(
  'an invitation that is %s explains itself and takes no answer',
  (state) => {
    const html = renderInvitation({ state })
    expect(html).toContain('id="outcome"')
    expect(html).toContain('You get 12.5% of the net value.')
    expect(html).not.toContain('<form')
    expect(html).not.toMatch(/\{\w+\}/)
  },
)

test('an invitation that was replaced says so, and neither whose it was nor its terms', () => {
  const html = renderInvitation({ state: 'superseded', creatorName: 'Mira Solano' })
  expect(html).toContain('There is a newer invitation')
  expect(html).not.toMatch(/Mira|12\.5%|<form|\{\w+\}/)
})

test('what is lacking is said above and beside its field, and what was typed is kept', () => {
  const html = renderInvitation({
    problems: [{ field: 'confirmed', reason: 'missing' }],
    typedName: 'Mira "S"',
  })
  expect(html).toContain('role="alert"')
  expect(html).toContain('href="#confirmed"')
  expect(html).toContain('aria-describedby="confirmed-problem"')
  expect(html).toContain('value="Mira &quot;S&quot;"')
  expect(html).not.toContain('id="name-problem"')
})
