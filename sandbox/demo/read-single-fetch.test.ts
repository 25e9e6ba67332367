import { expect, test } from 'vitest'
import { readSingleFetch } from './read-single-fetch.ts'

test('objects, lists, repeated texts and what JSON lacks are put together again', () => {
  const text =
    '[{"_1":2,"_9":3},"list",[3,4,3,-5],"gold",{"_5":6,"_7":-7,"_8":10},"when",["D",0],"missing","big","again",["B","12"]]'
  expect(readSingleFetch(text)).toEqual({
    list: ['gold', { when: new Date(0), missing: undefined, big: 12n }, 'gold', null],
    again: 'gold',
  })
})

test('values that come on later lines are left out', () => {
  expect(readSingleFetch('[{"_1":2},"data",{"_3":4},"ok",true]\nP5:[1]\n')).toEqual({ data: { ok: true } })
})

test('a page instead of data is refused', () => {
  expect(() => readSingleFetch('<!doctype html>')).toThrow()
  expect(() => readSingleFetch('{"ok":true}')).toThrow('not the answer of a data request')
})
