// Makes what is derived from schemas: the Prisma client and the types of the GraphQL operations and of the functions' inputs. Does nothing when nothing has changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const steps = [
  {
    name: 'prisma-client',
    inputs: ['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json'],
    output: 'app/adapters/db/generated/client.ts',
    // Generating needs no schema engine; naming any existing file keeps Prisma from downloading one.
    run: ['prisma', ['generate'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }],
  },
  {
    name: 'graphql-operations',
    inputs: ['app/adapters/shopify/operations', 'sandbox/shopify-schema/admin.2026-10.graphql', 'codegen.ts'],
    output: 'app/adapters/shopify/generated/operations.ts',
    run: ['graphql-codegen', ['--config', 'codegen.ts'], {}],
  },
  {
    name: 'function-inputs',
    inputs: [
      'codegen-functions.ts',
      'extensions/drop-gate/schema.graphql',
      'extensions/drop-gate/src/run.graphql',
      'extensions/drop-price/schema.graphql',
      'extensions/drop-price/src/run.graphql',
    ],
    output: 'extensions/drop-gate/generated/api.ts',
    run: ['graphql-codegen', ['--config', 'codegen-functions.ts'], {}],
  },
]

for (const step of steps) {
  const stamp = path.join('node_modules/.cache/filigree', `${step.name}.sha256`)
  const digest = digestOf(step.inputs)
  if (fs.existsSync(step.output) && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digest)
    continue
  const [command, args, extra] = step.run
  const result = spawnSync(path.join('node_modules/.bin', command), args, {
    encoding: 'utf8',
    env: { ...process.env, ...extra },
  })
  if (result.status !== 0) {
    process.stderr.write(
      `${step.name} could not be generated:\n${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`,
    )
    process.exit(1)
  }
  fs.mkdirSync(path.dirname(stamp), { recursive: true })
  fs.writeFileSync(stamp, digest)
}

function digestOf(inputs) {
  const hash = createHash('sha256')
  const add = (entry) => {
    if (fs.statSync(entry).isDirectory())
      for (const name of fs.readdirSync(entry).sort()) add(path.join(entry, name))
    else hash.update(entry).update(fs.readFileSync(entry))
  }
  for (const input of inputs) if (fs.existsSync(input)) add(input)
  return hash.digest('hex')
}
