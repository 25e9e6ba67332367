// What the server tells the shell's script about the page.

export interface ShellConfig {
  /** /store/lumen-atelier */
  storePath: string
  /** /store/lumen-atelier/apps/<key> */
  appPath: string
  appName: string
  /** Origin of the app in the iframe; only its messages are heard. */
  appOrigin: string
  iframeUrl: string
  user: { accountAccess: string }
  currency: string
}

export function readShellConfig(): ShellConfig | undefined {
  const text = document.getElementById('shell-config')?.textContent
  return text ? JSON.parse(text) : undefined
}

/** Element of the shell's own page. Errors: throws by name when the page lacks it. */
export function part<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The shell's page has no #${id}.`)
  return found as T
}
