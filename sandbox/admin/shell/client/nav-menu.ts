// The app's own menu items below its name in the navigation.
import type { NavItem } from '../../app-bridge/protocol.ts'
import { part } from './shell-config.ts'

export interface NavMenu {
  show(items: NavItem[]): void
  /** Marks the item whose address is the longest prefix of the path. */
  mark(path: string): void
}

export function createNavMenu(appPath: string, navigate: (path: string) => void): NavMenu {
  const list = part('app-nav')
  const root = part<HTMLAnchorElement>('app-root')
  let items: NavItem[] = []
  let current = '/'

  const mark = () => {
    const plain = current.split('?')[0] ?? '/'
    const fitting = items
      .filter((item) => plain === item.href || plain.startsWith(`${item.href.replace(/\/$/, '')}/`))
      .sort((a, b) => b.href.length - a.href.length)[0]
    for (const link of list.querySelectorAll('a')) {
      const isCurrent = fitting !== undefined && !fitting.home && link.dataset.path === fitting.href
      link.toggleAttribute('data-current', isCurrent)
      if (isCurrent) link.setAttribute('aria-current', 'page')
      else link.removeAttribute('aria-current')
    }
    root.toggleAttribute('data-current', fitting === undefined || fitting.home)
  }

  root.addEventListener('click', (event) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    navigate(items.find((item) => item.home)?.href ?? '/')
  })

  return {
    show(next) {
      items = next
      list.replaceChildren(
        ...items
          .filter((item) => !item.home)
          .map((item) => {
            const link = document.createElement('a')
            link.textContent = item.label
            link.dataset.path = item.href
            link.href = `${appPath}${item.href}`
            link.addEventListener('click', (event) => {
              if (!isPlainClick(event)) return
              event.preventDefault()
              navigate(item.href)
            })
            const entry = document.createElement('li')
            entry.append(link)
            return entry
          }),
      )
      mark()
    },
    mark(path) {
      current = path
      mark()
    },
  }
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}
