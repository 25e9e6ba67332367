import { expect, test } from 'vitest'
import { followerBand, totalFollowers } from './follower-band.ts'
import { parseCreatorInput, suggestHandle } from './parse-creator-input.ts'

test.each([
  [null, 'unknown'],
  [9_999, 'below'],
  [10_000, 'inside'],
  [200_000, 'inside'],
  [200_001, 'above'],
])('%s followers are %s the band', (followers, band) => {
  expect(followerBand(followers)).toBe(band)
})

test('followers add up over channels, unknown ones left out', () => {
  expect(totalFollowers([{ followers: 5 }, { followers: null }, { followers: 7 }])).toBe(12)
  expect(totalFollowers([{ followers: null }])).toBe(null)
})

const creator = {
  name: '  Élodie   Söhne ',
  email: 'Elodie@Soehne.example',
  handle: '',
  locale: 'fr',
  channels: [
    { platform: 'instagram', handle: '@elodie', url: 'https://social.example/elodie', followers: '35000' },
  ],
  notes: '',
}

test('a creator is tidied, and the handle made from the name', () => {
  expect(parseCreatorInput(creator)).toEqual({
    ok: true,
    creator: {
      name: 'Élodie Söhne',
      email: 'elodie@soehne.example',
      handle: 'elodie-sohne',
      locale: 'fr',
      channels: [
        { platform: 'instagram', handle: '@elodie', url: 'https://social.example/elodie', followers: 35_000 },
      ],
      notes: '',
    },
  })
})

const channel = { platform: 'tiktok', handle: 'x', url: '', followers: null }

test.each([
  [{ name: ' ', handle: 'x' }, 'name', 'missing'],
  [{ name: 'x'.repeat(121), handle: 'x' }, 'name', 'too_long'],
  [{ email: '' }, 'email', 'missing'],
  [{ email: 'elodie' }, 'email', 'not_an_email'],
  [{ email: 'a@b' }, 'email', 'not_an_email'],
  [{ email: 'a@b.example\nbcc: c@d.example' }, 'email', 'not_an_email'],
  [{ email: 'a@b.example, c@d.example' }, 'email', 'not_an_email'],
  [{ handle: 'two words' }, 'handle', 'not_a_slug'],
  [{ handle: '-x' }, 'handle', 'not_a_slug'],
  [{ handle: 'x'.repeat(25) }, 'handle', 'not_a_slug'],
  [{ name: '???' }, 'handle', 'missing'],
  [{ locale: 'tlh' }, 'locale', 'unknown_locale'],
  [{ notes: 'x'.repeat(5_001) }, 'notes', 'too_long'],
  [{ channels: 'instagram' }, 'channels', 'malformed'],
  [{ channels: Array.from({ length: 13 }, () => channel) }, 'channels', 'too_many'],
  [{ channels: [null] }, 'channels.0', 'malformed'],
  [{ channels: [channel, { ...channel, platform: 'fax' }] }, 'channels.1.platform', 'unknown_platform'],
  [{ channels: [{ ...channel, handle: '' }] }, 'channels.0.handle', 'missing'],
  [{ channels: [{ ...channel, url: 'javascript:alert(1)' }] }, 'channels.0.url', 'not_a_url'],
  [{ channels: [{ ...channel, followers: -1 }] }, 'channels.0.followers', 'not_a_count'],
  [{ channels: [{ ...channel, followers: '3.5k' }] }, 'channels.0.followers', 'not_a_count'],
])('a creator with %j is refused at %s: %s', (wrong, field, reason) => {
  expect(parseCreatorInput({ ...creator, ...wrong })).toEqual({ ok: false, refusals: [{ field, reason }] })
})

test('what is no object is refused', () => {
  for (const value of [null, 'x', 7, []]) {
    expect(parseCreatorInput(value)).toEqual({
      ok: false,
      refusals: [{ field: 'creator', reason: 'malformed' }],
    })
  }
})

test('handles are slugs or empty', () => {
  expect(['Lumen & Co.', '李雷', 'A'.repeat(40), `${'ab '.repeat(20)}`].map(suggestHandle)).toEqual([
    'lumen-co',
    '',
    'a'.repeat(24),
    'ab-ab-ab-ab-ab-ab-ab-ab',
  ])
})
