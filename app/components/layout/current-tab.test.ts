import { expect, test } from 'vitest'
import { currentTab } from './current-tab.ts'

const TABS = ['/app/statements', '/app/questions', '/app/questions?state=answered']

test.each([
  ['/app/statements?page=2', '/app/statements'],
  ['/app/questions', '/app/questions'],
  ['/app/questions?page=2&state=answered', '/app/questions?state=answered'],
  ['/app/questions?state=open', '/app/questions'],
  ['/app/statements/7', undefined],
])('%s stands below the tab %s', (address, tab) => {
  expect(currentTab(TABS, address)).toBe(tab)
})
