// Entry of the admin shell's script: opens the app in its frame and answers what App Bridge asks.
import type { Notice, Question } from '../../app-bridge/protocol.ts'
import { openAppChannel } from './app-channel.ts'
import { createNavMenu } from './nav-menu.ts'
import { openPicker } from './picker.ts'
import { createSaveBarView } from './save-bar.ts'
import { part, readShellConfig, type ShellConfig } from './shell-config.ts'
import { createTitleBar } from './title-bar.ts'
import { createToastStack } from './toasts.ts'

function start(config: ShellConfig): void {
  const frame = document.createElement('iframe')
  frame.id = 'app-frame'
  frame.title = config.appName
  frame.allow = 'clipboard-write'

  const channel = openAppChannel(frame, config.appOrigin, {
    notice: (notice) => onNotice(notice),
    question: (question) => onQuestion(config, question),
  })
  const saveBar = createSaveBarView(
    () => channel.send({ name: 'save' }),
    () => channel.send({ name: 'discard' }),
  )
  const navMenu = createNavMenu(config.appPath, (path) => {
    part<HTMLInputElement>('nav-toggle').checked = false
    channel.send({ name: 'navigate', path })
  })
  const titleBar = createTitleBar((id) => channel.send({ name: 'titleAction', id }))
  const toasts = createToastStack(
    (id) => channel.send({ name: 'toastAction', id }),
    (id) => channel.send({ name: 'toastDismiss', id }),
  )
  const loading = part('loading-bar')

  function onNotice(notice: Notice): void {
    switch (notice.name) {
      case 'ready':
        part('frame-placeholder').hidden = true
        // A fresh page of the app begins without the old page's bars.
        saveBar.show({
          open: false,
          saving: false,
          saveDisabled: false,
          discardDisabled: false,
          confirmDiscard: false,
        })
        document.body.removeAttribute('data-modal')
        break
      case 'location':
        history.replaceState(null, '', `${config.appPath}${notice.path}`)
        navMenu.mark(notice.path)
        break
      case 'nav':
        navMenu.show(notice.items)
        break
      case 'titleBar':
        titleBar.show(notice.title, notice.actions)
        break
      case 'toast':
        toasts.show(notice)
        break
      case 'toastHide':
        toasts.hide(notice.id)
        break
      case 'saveBar':
        saveBar.show(notice.state)
        break
      case 'saveBarNudge':
        saveBar.nudge()
        break
      case 'modal':
        document.body.toggleAttribute('data-modal', notice.open)
        break
      case 'loading':
        loading.hidden = !notice.on
        break
      case 'top':
        location.assign(notice.url)
        break
      case 'window':
        window.open(notice.url, '_blank', 'noopener')
        break
    }
  }

  frame.addEventListener('load', () => {
    part('frame-placeholder').hidden = true
  })
  frame.src = config.iframeUrl
  part('frame').append(frame)
}

async function onQuestion(config: ShellConfig, question: Question): Promise<unknown> {
  switch (question.method) {
    case 'idToken':
      return (await askServer<{ token: string }>(`${config.storePath}/api/session-token`)).token
    case 'scopes':
      return askServer(`${config.storePath}/api/scopes`)
    case 'user':
      return config.user
    case 'picker':
      return openPicker(config.storePath, question.picker)
  }
}

/** Errors: rejects with the server's own words; an app that is gone shows its install page. */
async function askServer<T>(path: string): Promise<T> {
  const answer = await fetch(path, { cache: 'no-store' })
  const body = await answer.json()
  if (answer.ok) return body
  if (body.reason === 'not_installed') location.reload()
  throw new Error(body.message ?? `${path} answered ${answer.status}.`)
}

const config = readShellConfig()
if (config) start(config)
