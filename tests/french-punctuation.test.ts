// French sets a narrow no-break space before the double signs, so that none of them begins a line.
import { expect, test } from 'vitest'
import { fr } from '#app/adapters/email/messages/fr.ts'
import { SAMPLE_HASH, sampleStatement } from '#app/adapters/email/presentation/sample-statement.ts'
import { presentStatement } from '#app/adapters/email/presentation/statement-facts.ts'
import { adviceWords } from '#app/adapters/email/templates/payment-advice-words.ts'
import { methodWords } from '#app/adapters/email/templates/payout-method-words.ts'
import { detailsWords } from '#app/components/payouts/payout-details-words.ts'
import { fr as terms } from '#app/domain/agreements/wording/fr.ts'

function textsIn(messages: object, path = ''): Array<[string, string]> {
  return Object.entries(messages).flatMap(([key, member]: [string, unknown]) => {
    if (typeof member === 'string') return [[`${path}${key}`, member] as [string, string]]
    return typeof member === 'object' && member !== null ? textsIn(member, `${path}${key}.`) : []
  })
}

const catalogues = {
  messages: fr,
  terms,
  'payment advice': adviceWords('fr'),
  'payout method': methodWords('fr'),
  'payout details': detailsWords('fr').words,
}

test.each(Object.entries(catalogues))(
  '%s: every colon, semicolon, exclamation and question mark has its space',
  (_name, catalogue) => {
    const texts = textsIn(catalogue)
    expect(texts.length).toBeGreaterThan(10)
    const wrong = texts.filter(([, text]) => /(?<!\u202f)[:;!?]/.test(text))
    expect(wrong).toEqual([])
  },
)

test('what a French statement puts together has them too', () => {
  const facts = presentStatement(sampleStatement({ locale: 'fr' }), { hash: SAMPLE_HASH })
  const texts = textsIn(facts).filter(([key]) => !/words|Words/.test(key))
  expect(texts.some(([, text]) => text.includes('Payé\u202f: '))).toBe(true)
  expect(texts.filter(([, text]) => /[^\u202f][:;!?](\s|$)/.test(text))).toEqual([])
})
