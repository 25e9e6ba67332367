// The web process from source, with hot reload and the sandbox seam: `node --import tsx app/entry.web-dev.ts`.
Object.assign(globalThis, { __SANDBOX__: true })
await import('./entry.web.ts')

export {}
