import { expect, test } from 'vitest'
import { currentTab } from './current-tab.ts'

const TABS = ['/app/statements', '/app/statements/questions', '/app/statements/questions?state=answered']

test.each([
  ['/app/statements?page=2', '/app/statements'],
  ['/app/statements/questions', '/app/statements/questions'],
  ['/app/statements/questions?page=2&state=answered', '/app/statements/questions?state=answered'],
  ['/app/statements/questions?state=open', '/app/statements/questions'],
  ['/app/statements/7', undefined],
])('%s stands below the tab %s', (address, tab) => {
  expect(currentTab(TABS, address)).toBe(tab)
})
