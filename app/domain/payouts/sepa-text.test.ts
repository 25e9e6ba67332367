import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toSepaText } from './sepa-text.ts'

test.each([
  ['Møller & Søn', 'Moller + Son'],
  ['Łukasz Żółć', 'Lukasz Zolc'],
  ['Straße 5; „Hof“', "Strasse 5, 'Hof'"],
  ['«Atelier» ‚Nord‘ ‹1›', "'Atelier' 'Nord' '1'"],
  ['Γεωργίου', 'Georgioy'],
  ['Найден Щерев', 'Nayden SHTerev'],
  ['Ђорђе Љубичић-Њего Џајић', 'Dorde LJubichic-NJego DZajic'],
  ['Ѓорѓи Ќосев Ѕвездан', 'Gorgi Kosev DZvezdan'],
  ['Ірина Ґжицька-Їжак', 'Irina Gzhitsyka-YIzhak'],
  ['  //Ann//Lee/ ', 'Ann/Lee'],
  ['/ / Ann / Lee / /', 'Ann / Lee'],
  ['日本', ''],
  ['José\u0301', 'Jose'],
])('%j is written %j for banks', (text, written) => {
  expect(toSepaText(text, 70)).toBe(written)
})

test('nothing outside the alphabet of the scheme gets through, and never more than asked', () => {
  const everything = Array.from({ length: 0x2000 }, (_, code) => String.fromCharCode(code)).join('')
  expect(toSepaText(`A${everything}`, 100_000)).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]+$/)
  expect(toSepaText('x'.repeat(200), 35)).toHaveLength(35)
})

test('a slash or a blank stands at no edge, also where the text was cut, and neither is doubled', () => {
  const unit = fc.constantFrom('/', ' ', 'a', 'Щ', '„')
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 20 }), fc.nat({ max: 12 }), (text, longest) => {
      const written = toSepaText(text, longest)
      expect(written).not.toMatch(/^[/ ]|[/ ]$|\/\/| {2}/)
      expect(written.length).toBeLessThanOrEqual(longest)
    }),
  )
})
