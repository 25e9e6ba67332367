import type { RouteConfigEntry } from '@remix-run/route-config'
import { expect, test } from 'vitest'
import routes from '#app/routes.ts'
import { SECTIONS } from './sections.ts'

const admin: RouteConfigEntry[] = routes.find((entry) => entry.path === 'app')?.children ?? []

test('every page stands below its section, so that the admin marks the section in its menu', () => {
  const pages = admin.flatMap(({ path }) => (path === undefined || path === '*' ? [] : [path]))
  expect(pages.length).toBeGreaterThan(20)
  const sections: readonly string[] = SECTIONS
  expect(pages.filter((path) => !sections.includes(path.split('/')[0] ?? ''))).toEqual([])
})
