// The oldest Node that runs the house; package.json says the same to npm.
const OLDEST = [22, 12] as const

/** Null when the version will do. */
export function oldNodeMessage(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
  return isOld
    ? `Node ${OLDEST.join('.')} or newer is needed and this is ${version}. "npm ci" installs a fitting one for the npm scripts.`
    : null
}
