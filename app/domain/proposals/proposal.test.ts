import { expect, test } from 'vitest'
import { decideProposal, mayAgree, type Proposal, UNKNOWN_PERSON } from './proposal.ts'

const asked: Proposal = { status: 'proposed', proposedBy: 'user/1', needsSecond: true }

test('what needs a second person is agreed by somebody else, and taken back by anybody', () => {
  expect(decideProposal(asked, 'agree', 'user/1')).toEqual({ ok: false, reason: 'second_person_needed' })
  expect(decideProposal(asked, 'agree', 'user/2')).toEqual({ ok: true, status: 'agreed', changed: true })
  expect(decideProposal(asked, 'reject', 'user/1')).toEqual({ ok: true, status: 'rejected', changed: true })
  expect(decideProposal({ ...asked, needsSecond: false }, 'agree', 'user/1').ok).toBe(true)
})

test('a visitor who cannot be told is nobody’s second person, and nobody is theirs', () => {
  expect(decideProposal(asked, 'agree', UNKNOWN_PERSON)).toEqual({ ok: false, reason: 'person_unknown' })
  expect(mayAgree({ ...asked, proposedBy: UNKNOWN_PERSON }, UNKNOWN_PERSON)).toBe(false)
  // Whoever asked unnamed may be the one who agrees by name.
  const byUnknown = { ...asked, proposedBy: UNKNOWN_PERSON }
  expect(decideProposal(byUnknown, 'agree', 'user/2')).toEqual({ ok: false, reason: 'proposer_unknown' })
  expect(decideProposal(byUnknown, 'reject', 'user/2').ok).toBe(true)
})

test('a decision stands: the same again asks for nothing, the other one is refused by name', () => {
  const agreed: Proposal = { ...asked, status: 'agreed' }
  expect(decideProposal(agreed, 'agree', 'user/1')).toEqual({ ok: true, status: 'agreed', changed: false })
  expect(decideProposal(agreed, 'reject', 'user/2')).toEqual({ ok: false, reason: 'already_agreed' })
  expect(mayAgree(agreed, 'user/2')).toBe(false)
})
