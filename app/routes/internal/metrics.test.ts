import { expect, test } from 'vitest'
import { loader } from './metrics.ts'

async function statusFor(address: string | null): Promise<number> {
  const headers = address === null ? undefined : { 'x-forwarded-for': address }
  const request = new Request('https://filigree.example/internal/metrics', { headers })
  return (await loader({ request, params: {}, context: {} })).status
}

test.each([
  '127.0.0.1',
  '::1',
  '::ffff:127.0.0.1',
  '10.1.2.3',
  '172.31.0.9',
  '192.168.4.4',
  'fd12::7',
  'fe80::1',
])('a machine of the own network (%s) reads the figures', async (address) => {
  expect(await statusFor(address)).toBe(200)
})

test.each(['203.0.113.7', '172.32.0.1', '::ffff:203.0.113.7', '2001:db8::1', '', 'nonsense', null])(
  'anyone else (%s) finds nothing',
  async (address) => {
    expect(await statusFor(address)).toBe(404)
  },
)
