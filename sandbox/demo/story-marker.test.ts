import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findStory, forgetStory, markStory } from './story-marker.ts'

function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'story-'))
  onTestFinished(() => fs.rmSync(made, { recursive: true }))
  return made
}

test('a story that was begun and never ended is not taken for a whole one', () => {
  const data = folder()
  expect(findStory(data)).toEqual({ kind: 'none' })
  markStory(data, 4, null)
  expect(findStory(data)).toEqual({ kind: 'half-told' })
  markStory(data, 4, new Date(0))
  expect(findStory(data)).toMatchObject({ kind: 'told', marker: { seed: 4 } })
  fs.writeFileSync(path.join(data, 'story.json'), '{"seed":')
  expect(findStory(data)).toEqual({ kind: 'half-told' })
})

test('forgetting a story leaves other files of the folder alone', () => {
  const data = folder()
  markStory(data, 4, new Date(0))
  fs.writeFileSync(path.join(data, 'mine.txt'), '')
  forgetStory(data)
  expect(fs.readdirSync(data)).toEqual(['mine.txt'])
})
