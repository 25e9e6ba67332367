import { expect, test } from 'vitest'
import { isDirty, withEdits } from './form-values.ts'

test('after a save the form takes what is stored, a new revision too', () => {
  const saved = { name: ' Ines ', revision: 3 }
  expect(withEdits(saved, saved, { name: 'Ines', revision: 4 })).toEqual({ name: 'Ines', revision: 4 })
})

test('what was typed while the save was on its way stays, on top of the new revision', () => {
  const saved = { name: 'Ines', notes: '', channels: [], revision: 3 }
  const shown = { ...saved, notes: 'met in May' }
  const stored = { ...saved, revision: 4 }
  const after = withEdits(shown, saved, stored)
  expect(after).toEqual({ name: 'Ines', notes: 'met in May', channels: [], revision: 4 })
  expect(isDirty(after, stored)).toBe(true)
})

test('after somebody else saved, their values stand wherever one has not edited oneself', () => {
  const before = { name: 'Ines', notes: '', email: 'ines@atelier.example', revision: 3 }
  const shown = { ...before, notes: 'mine' }
  const theirs = { ...before, email: 'studio@atelier.example', revision: 4 }
  expect(withEdits(shown, before, theirs)).toEqual({ ...theirs, notes: 'mine' })
})
