import { expect, test } from 'vitest'
import { type InvitationMailInput, renderInvitationMail } from './invitation-mail.tsx'

const input: InvitationMailInput = {
  shopName: 'Lumen Atelier',
  creatorName: 'Mira Sólveig',
  locale: 'en',
  versionNumber: 1,
  termsSentences: ['You get 12.5% of the net value.', 'Payouts start at €50.00.'],
  url: 'https://app.filigree.example/c/agreements/token.signature?x=1&y=2',
  // Already the 15th in Paris.
  expiresAt: '2026-06-14T22:30:00.000Z',
  timeZone: 'Europe/Paris',
  contact: 'studio@lumen-atelier.example',
}

test('the invitation says who, what, until when and where, in HTML and text', async () => {
  const { subject, html, text } = await renderInvitationMail(input)
  expect(subject).toBe('Lumen Atelier invites you to an agreement')
  for (const body of [html, text]) {
    for (const sentence of input.termsSentences) expect(body).toContain(sentence)
    expect(body).toContain('Mira Sólveig')
    expect(body).toContain('June 15, 2026')
    expect(body).toContain('studio@lumen-atelier.example')
  }
  expect(text).toContain(input.url)
  expect(html).toContain(input.url.replace('&', '&amp;'))
})

test('a later version speaks of changed terms', async () => {
  const { subject, text } = await renderInvitationMail({ ...input, versionNumber: 3 })
  expect(subject).toBe('Lumen Atelier proposes new terms (version 3)')
  expect(text).toContain('Your present terms stay in force until you accept.')
})

test.each([
  ['de', 'Lesen und entscheiden', '15. Juni 2026'],
  ['fr', 'Lire et décider', '15 juin 2026'],
  ['it', 'Leggi e decidi', '15 giugno 2026'],
  ['es', 'Leer y decidir', '15 de junio de 2026'],
])('%s is invited in its own words', async (locale, button, date) => {
  const { html, text } = await renderInvitationMail({ ...input, locale, contact: null })
  for (const body of [html, text]) {
    expect(body).toContain(button)
    expect(body).toContain(date)
  }
})

test('names with markup are shown, not run', async () => {
  const { html } = await renderInvitationMail({
    ...input,
    shopName: '<b>Lumen</b>',
    termsSentences: ['<script>x</script>'],
  })
  expect(html).not.toMatch(/<script|<b>/)
})
