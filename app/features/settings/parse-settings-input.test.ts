import { expect, test } from 'vitest'
import { parseSettingsInput, type SettingsInput } from './parse-settings-input.ts'

const good: SettingsInput = { returnWindowDays: '30', maxTotalShare: '40', senderName: '', replyTo: '' }

test('texts become days, basis points, and nothing where nothing was typed', () => {
  const input = {
    returnWindowDays: ' 14 ',
    maxTotalShare: '12,5 %',
    senderName: ' Lumen Atelier ',
    replyTo: 'studio@lumen.example',
  }
  expect(parseSettingsInput(input)).toEqual({
    ok: true,
    settings: {
      returnWindowDays: 14,
      maxTotalShareBps: 1250,
      senderName: 'Lumen Atelier',
      replyTo: 'studio@lumen.example',
    },
  })
  expect(parseSettingsInput(good)).toMatchObject({ ok: true, settings: { senderName: null, replyTo: null } })
})

test.each<[keyof SettingsInput, string, string]>([
  ['returnWindowDays', '', 'not_a_whole_number'],
  ['returnWindowDays', '-1', 'not_a_whole_number'],
  ['returnWindowDays', '1.5', 'not_a_whole_number'],
  ['returnWindowDays', '181', 'out_of_range'],
  ['maxTotalShare', 'forty', 'not_a_percentage'],
  ['maxTotalShare', '12.345', 'too_many_decimals'],
  ['maxTotalShare', '100.01', 'above_hundred'],
  ['senderName', 'x'.repeat(81), 'too_long'],
  ['senderName', 'Lumen\r\nBcc: all@evil.example', 'forbidden_characters'],
  ['senderName', 'Lumen <a@b.example>', 'forbidden_characters'],
  ['replyTo', 'studio', 'not_an_address'],
  ['replyTo', 'a@b.example, c@d.example', 'not_an_address'],
  ['replyTo', 'a@b.example\nBcc: x@y.example', 'not_an_address'],
])('%s %j is refused: %s', (field, text, reason) => {
  expect(parseSettingsInput({ ...good, [field]: text })).toEqual({ ok: false, fields: { [field]: reason } })
})

test('every refused field is named at once', () => {
  const all = parseSettingsInput({ returnWindowDays: 'x', maxTotalShare: 'x', senderName: '<', replyTo: 'x' })
  expect(!all.ok && Object.keys(all.fields).sort()).toEqual([
    'maxTotalShare',
    'replyTo',
    'returnWindowDays',
    'senderName',
  ])
})
