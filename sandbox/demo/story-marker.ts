// Says which story a data folder holds. Written before the first word and again after the last: a half-told story is not taken for a whole one.
import fs from 'node:fs'
import path from 'node:path'

/** Raise it when the story or what the app makes of it changes: older folders are told anew. */
export const STORY_VERSION = 4

export interface StoryMarker {
  version: number
  seed: number
  /** ISO; null while the story is being told. */
  toldAt: string | null
}

export type FoundStory = { kind: 'none' } | { kind: 'half-told' } | { kind: 'told'; marker: StoryMarker }

function fileIn(folder: string): string {
  return path.join(folder, 'story.json')
}

export function findStory(folder: string): FoundStory {
  if (!fs.existsSync(fileIn(folder))) return { kind: 'none' }
  try {
    const marker = JSON.parse(fs.readFileSync(fileIn(folder), 'utf8')) as StoryMarker
    return marker.toldAt && marker.version === STORY_VERSION
      ? { kind: 'told', marker }
      : { kind: 'half-told' }
  } catch {
    return { kind: 'half-told' }
  }
}

export function markStory(folder: string, seed: number, toldAt: Date | null): void {
  fs.mkdirSync(folder, { recursive: true })
  const marker: StoryMarker = { version: STORY_VERSION, seed, toldAt: toldAt?.toISOString() ?? null }
  fs.writeFileSync(fileIn(folder), `${JSON.stringify(marker)}\n`)
}

/** Removes what the demo keeps in its folder, and nothing else that lies there. */
export function forgetStory(folder: string): void {
  for (const name of [
    'story.json',
    'postgres',
    'keys.json',
    'logs',
    'sandbox-state.json',
    'sandbox-state.mail.json',
  ])
    fs.rmSync(path.join(folder, name), { recursive: true, force: true })
}
