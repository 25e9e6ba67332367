// What a screen reader or a keyboard would stumble over on a page of the app, found by axe-core in the app's own frame.
import { source as AXE } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Rules about whole documents: the app's is the inside of the admin's, which has the landmarks around it. */
const OF_THE_ADMIN = ['region', 'landmark-one-main', 'page-has-heading-one', 'bypass']

/** Each with the markup that it is about; none is what a page should have. */
export async function axeViolations(page: Page): Promise<string[]> {
  const element = await page.locator('#frame iframe').elementHandle()
  const frame = await element?.contentFrame()
  if (!frame) throw new Error('the app is not open')
  await frame.evaluate(AXE)
  const rules = Object.fromEntries(OF_THE_ADMIN.map((rule) => [rule, { enabled: false }]))
  const found = (await frame.evaluate(
    `axe.run(document, { rules: ${JSON.stringify(rules)}, resultTypes: ['violations', 'passes'] })`,
  )) as { violations: Array<{ id: string; nodes: Array<{ html: string }> }>; passes: unknown[] }
  expect(found.passes.length).toBeGreaterThan(8)
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
