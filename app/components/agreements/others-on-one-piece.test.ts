import { expect, test } from 'vitest'
import type { AgreementScope } from '#app/domain/agreements/terms.ts'
import { type OtherPayee, othersOnOnePiece } from './others-on-one-piece.ts'

const products = (...productIds: string[]): AgreementScope => ({ kind: 'products', productIds })
const everything: AgreementScope = { kind: 'everything_attributed' }

function other(
  creatorId: string,
  role: OtherPayee['role'],
  scope: AgreementScope,
  shareBps: number,
): OtherPayee {
  return { creatorId, creatorName: creatorId, role, scope, shareBps }
}

const ana = other('ana', 'design_owner', products('1', '2'), 800)
const ben = other('ben', 'design_owner', products('2'), 500)
const cora = other('cora', 'promoter', everything, 1000)
const dan = other('dan', 'promoter', everything, 1500)

test.each<[string, { role: OtherPayee['role']; scope: AgreementScope }, string, string[]]>([
  [
    'a promoter of everything meets the owners of one piece, not of all',
    { role: 'promoter', scope: everything },
    'me',
    ['ana', 'ben'],
  ],
  [
    'a promoter of one product meets its owners only',
    { role: 'promoter', scope: products('1') },
    'me',
    ['ana'],
  ],
  ['a promoter never meets another promoter', { role: 'promoter', scope: products('9') }, 'me', []],
  [
    'an owner meets the other owner and the dearest promoter',
    { role: 'design_owner', scope: products('1') },
    'me',
    ['ana', 'dan'],
  ],
  ['an owner who promotes is no other', { role: 'design_owner', scope: products('9') }, 'dan', ['cora']],
])('%s', (_, terms, creatorId, expected) => {
  const names = othersOnOnePiece(terms, creatorId, [ana, ben, cora, dan]).map((payee) => payee.creatorId)
  expect(names.toSorted()).toEqual(expected)
})
