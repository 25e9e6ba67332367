// What a reader follows from the README on: every picture and page is there, and decisions have numbers of their own.
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const pages = [
  'README.md',
  'sandbox/README.md',
  ...['docs/guides', 'docs/decisions'].flatMap((folder) =>
    fs.readdirSync(folder).map((file) => path.join(folder, file)),
  ),
]

test.each(pages)('everything that %s links to is there', (page) => {
  const text = fs.readFileSync(page, 'utf8')
  const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target]) => target ?? '')
  const missing = targets.filter((target) => !fs.existsSync(path.join(path.dirname(page), target)))
  expect(missing).toEqual([])
})

test('decisions are numbered one after the other, each as its file says', () => {
  const files = fs.readdirSync('docs/decisions').sort()
  const numbers = files.map((file) => file.slice(0, 4))
  expect(numbers).toEqual(files.map((_, place) => String(place + 1).padStart(4, '0')))
  for (const file of files)
    expect(fs.readFileSync(path.join('docs/decisions', file), 'utf8')).toMatch(
      new RegExp(`^# ${file.slice(0, 4)} `),
    )
})
