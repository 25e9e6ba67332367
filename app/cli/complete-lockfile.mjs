// Adds to package-lock.json the optional packages of other platforms that the registry in use did not offer: without their entries
// `npm ci` calls the lock file incomplete. Run it after `npm install` behind a registry that holds one platform only.
import fs from 'node:fs'

const LOCK = 'package-lock.json'
const lock = JSON.parse(fs.readFileSync(LOCK, 'utf8'))
const SYSTEMS = [
  'android',
  'darwin',
  'linux',
  'win32',
  'freebsd',
  'openbsd',
  'netbsd',
  'openharmony',
  'sunos',
  'aix',
]
const CPUS = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'arm']

let added = 0
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`
    const top = `node_modules/${name}`
    if (lock.packages[nested] || lock.packages[top]) continue
    const parts = name.replace(/^@[^/]+\//, '').split('-')
    const os = SYSTEMS.find((system) => parts.includes(system))
    const cpu = CPUS.find((candidate) => parts.includes(candidate))
    // Only what says its platform in its name can be described without asking for it.
    if (!os || !cpu || !/^\d/.test(version)) continue
    lock.packages[top] = {
      version,
      cpu: [cpu],
      ...(entry.dev ? { dev: true } : {}),
      ...(os === 'linux' && parts.some((part) => part.startsWith('musl')) ? { libc: ['musl'] } : {}),
      optional: true,
      os: [os],
    }
    added += 1
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
fs.writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} optional packages added to ${LOCK}`)
