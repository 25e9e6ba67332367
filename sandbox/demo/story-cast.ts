// Who and what the demo is about: a boutique of two artisans, the pieces they make, and the four creators they sell with.

export const SHOP = {
  domain: 'lumen-atelier.myshopify.com',
  name: 'Lumen Atelier',
  email: 'hello@lumen-atelier.example',
  currency: 'USD',
  timeZone: 'America/New_York',
  country: 'US',
  taxesIncluded: false,
  taxRate: '0.08',
  planPublicName: 'Grow',
  ownerName: 'Ines Valcourt',
}

/** The business behind the shop, as its register has it. */
export const PAYER = {
  legalName: 'Lumen Atelier LLC',
  address: '14 Paper Street\nHudson, NY 12534',
  country: SHOP.country,
  vatNumber: '',
  companyNumber: '',
  contact: SHOP.email,
}

export interface StoryProduct {
  handle: string
  title: string
  productType: 'Ring' | 'Necklace' | 'Earrings' | 'Bracelet'
  description: string
  price: string
  unitCost: string
  variants: string[]
  /** How often it sells against the others. */
  popularity: number
  tags: string[]
  /** Of each variant; absent: enough for the whole year. */
  stock?: number
  /** Not in the online store but while a drop shows it. */
  inDropsOnly?: boolean
}

export const PRODUCTS: StoryProduct[] = [
  {
    handle: 'tidal-signet',
    title: 'Tidal Signet',
    productType: 'Ring',
    price: '248.00',
    unitCost: '92.00',
    variants: ['Gold vermeil', 'Silver'],
    popularity: 10,
    tags: ['co-designed', 'signet'],
    description:
      'A soft-edged signet, cast from a wave-worn shell and drawn together with two of our creators.',
  },
  {
    handle: 'ember-hoops',
    title: 'Ember Hoops',
    productType: 'Earrings',
    price: '136.00',
    unitCost: '41.00',
    variants: ['Gold vermeil', 'Silver'],
    popularity: 14,
    tags: ['everyday'],
    description: 'Hand-forged hoops with a hammered inner face that catches low light.',
  },
  {
    handle: 'linen-chain',
    title: 'Linen Chain',
    productType: 'Necklace',
    price: '189.00',
    unitCost: '63.00',
    variants: ['45 cm', '50 cm'],
    popularity: 11,
    tags: ['everyday'],
    description: 'A fine woven chain that lies as flat as cloth.',
  },
  {
    handle: 'orchard-pendant',
    title: 'Orchard Pendant',
    productType: 'Necklace',
    price: '224.00',
    unitCost: '78.00',
    variants: ['Gold vermeil'],
    popularity: 7,
    tags: ['heritage'],
    description: 'A pressed apple leaf, cast once a season from the orchard behind the bench.',
  },
  {
    handle: 'quiet-band',
    title: 'Quiet Band',
    productType: 'Ring',
    price: '98.00',
    unitCost: '27.00',
    variants: ['5', '6', '7', '8'],
    popularity: 13,
    tags: ['everyday'],
    description: 'A plain band with a brushed outside and a polished secret inside.',
  },
  {
    handle: 'lantern-drops',
    title: 'Lantern Drops',
    productType: 'Earrings',
    price: '172.00',
    unitCost: '58.00',
    variants: ['Citrine', 'Amethyst'],
    popularity: 8,
    tags: ['stones'],
    description: 'Two small caged stones that swing like lanterns on a quay.',
  },
  {
    handle: 'harbour-cuff',
    title: 'Harbour Cuff',
    productType: 'Bracelet',
    price: '264.00',
    unitCost: '97.00',
    variants: ['S', 'M'],
    popularity: 5,
    tags: ['heritage'],
    description: 'An open cuff with rope borders, forged from a single bar.',
  },
  {
    handle: 'thread-bracelet',
    title: 'Thread Bracelet',
    productType: 'Bracelet',
    price: '79.00',
    unitCost: '21.00',
    variants: ['One size'],
    popularity: 12,
    tags: ['everyday'],
    description: 'A single gold bead on a silk thread. It is meant to be given away.',
  },
  {
    handle: 'windfall-pendant',
    title: 'Windfall Pendant',
    productType: 'Necklace',
    price: '268.00',
    unitCost: '84.00',
    variants: ['Gold vermeil'],
    popularity: 0,
    stock: 13,
    inDropsOnly: true,
    tags: ['drop', 'heritage'],
    description: 'Thirteen leaves, cast from what the wind took down before the first frost.',
  },
  {
    handle: 'windfall-studs',
    title: 'Windfall Studs',
    productType: 'Earrings',
    price: '118.00',
    unitCost: '36.00',
    variants: ['Gold vermeil'],
    popularity: 0,
    stock: 16,
    inDropsOnly: true,
    tags: ['drop', 'heritage'],
    description: 'The stems of the same leaves, curled while they were still green.',
  },
  {
    handle: 'long-night-lanterns',
    title: 'Long Night Lanterns',
    productType: 'Earrings',
    price: '198.00',
    unitCost: '64.00',
    variants: ['Garnet', 'Smoky quartz'],
    popularity: 0,
    stock: 18,
    inDropsOnly: true,
    tags: ['drop', 'stones'],
    description: 'The Lantern Drops in their winter stones, caged a little tighter against the wind.',
  },
  {
    handle: 'cinder-ring',
    title: 'Cinder Ring',
    productType: 'Ring',
    price: '156.00',
    unitCost: '44.00',
    variants: ['Silver'],
    popularity: 0,
    stock: 10,
    inDropsOnly: true,
    tags: ['drop'],
    description: 'Hammered until the fire went out, and not a stroke longer. No two are alike.',
  },
]

export const COLLECTIONS = [
  { handle: 'co-designed', title: 'Co-designed', products: ['tidal-signet'] },
  {
    handle: 'everyday',
    title: 'Everyday',
    products: ['ember-hoops', 'linen-chain', 'quiet-band', 'thread-bracelet'],
  },
  { handle: 'heritage', title: 'Heritage', products: ['orchard-pendant', 'harbour-cuff'] },
]

export interface StoryAgreement {
  title: string
  role: 'promoter' | 'design_owner'
  /** Product handles; empty: everything attributed. */
  products: string[]
  sharePercent: string
  paymentFeePercent: string
  period: 'monthly' | 'quarterly'
  minimumPayout: string
  holdDays: number
  /** What the terms promise beyond the share: fields of the agreement's form. */
  promises?: Record<string, string>
}

export interface StoryCreator {
  name: string
  email: string
  handle: string
  followers: number
  channels: Array<{
    platform: 'instagram' | 'tiktok' | 'youtube' | 'newsletter'
    handle: string
    url: string
    followers: number
  }>
  locale: 'en' | 'de' | 'fr' | 'it' | 'es'
  notes: string
  agreements: StoryAgreement[]
  /** Discount code and its percentage; null: shares a link only. */
  code: { code: string; percent: string } | null
  /** Part of all orders that this creator brings. */
  reach: number
}

export const CREATORS: StoryCreator[] = [
  {
    name: 'Maya Okafor',
    email: 'maya@okafor-studio.example',
    handle: 'MAYA',
    followers: 35_000,
    channels: [
      {
        platform: 'instagram',
        handle: 'mayaokafor',
        url: 'https://social.example/mayaokafor',
        followers: 35_000,
      },
    ],
    locale: 'en',
    notes: 'Fashion and heritage. Films every piece at the bench; her followers ask for care advice.',
    code: { code: 'MAYA10', percent: '10' },
    reach: 0.3,
    agreements: [
      {
        title: 'Promotion',
        role: 'promoter',
        products: [],
        sharePercent: '12',
        paymentFeePercent: '2.9',
        period: 'monthly',
        minimumPayout: '25.00',
        holdDays: 30,
        promises: {
          hasTiers: 'true',
          tierBasis: 'net',
          tierWindow: 'period',
          tierMode: 'marginal',
          tierSteps: JSON.stringify([
            { id: 'a', from: '2000', share: '16' },
            { id: 'b', from: '4000', share: '18' },
          ]),
          hasReserve: 'true',
          reserveShare: '10',
          reserveDays: '60',
        },
      },
    ],
  },
  {
    name: 'Théo Lindqvist',
    email: 'theo@lindqvist.example',
    handle: 'THEO',
    followers: 82_000,
    channels: [
      {
        platform: 'youtube',
        handle: 'theolindqvist',
        url: 'https://video.example/theolindqvist',
        followers: 82_000,
      },
    ],
    locale: 'fr',
    notes: 'Films workshops. Co-designed the Tidal Signet with June.',
    code: { code: 'THEO15', percent: '15' },
    reach: 0.16,
    agreements: [
      {
        title: 'Promotion',
        role: 'promoter',
        products: [],
        sharePercent: '10',
        paymentFeePercent: '0',
        period: 'monthly',
        minimumPayout: '50.00',
        holdDays: 30,
      },
      {
        title: 'Tidal Signet, co-design',
        role: 'design_owner',
        products: ['tidal-signet'],
        sharePercent: '7.5',
        paymentFeePercent: '0',
        period: 'monthly',
        minimumPayout: '50.00',
        holdDays: 30,
      },
    ],
  },
  {
    name: 'June Park',
    email: 'june@parkmade.example',
    handle: 'JUNE',
    followers: 9_400,
    channels: [
      {
        platform: 'newsletter',
        handle: 'Parkmade letters',
        url: 'https://letters.example/parkmade',
        followers: 9_400,
      },
    ],
    locale: 'en',
    notes: 'Ceramicist. Drew the shell of the Tidal Signet. Paid by the quarter at her wish.',
    code: null,
    reach: 0,
    agreements: [
      {
        title: 'Tidal Signet, co-design',
        role: 'design_owner',
        products: ['tidal-signet'],
        sharePercent: '7.5',
        paymentFeePercent: '0',
        period: 'quarterly',
        minimumPayout: '100.00',
        holdDays: 30,
        promises: {
          hasGuarantee: 'true',
          guaranteeKind: 'minimum',
          guaranteeAmount: '250',
          guaranteeWindow: 'quarter',
        },
      },
    ],
  },
  {
    name: 'Priya Raman',
    email: 'priya@raman-edit.example',
    handle: 'PRIYA',
    followers: 148_000,
    channels: [
      {
        platform: 'tiktok',
        handle: 'priyaedits',
        url: 'https://clips.example/priyaedits',
        followers: 148_000,
      },
    ],
    locale: 'de',
    notes: 'Link only, no code: her viewers are not to be trained on discounts.',
    code: null,
    reach: 0.14,
    agreements: [
      {
        title: 'Promotion of the everyday pieces',
        role: 'promoter',
        products: ['ember-hoops', 'linen-chain', 'quiet-band', 'thread-bracelet'],
        sharePercent: '9',
        paymentFeePercent: '0',
        period: 'monthly',
        minimumPayout: '400.00',
        holdDays: 14,
        promises: {
          hasRetention: 'true',
          retentionDays: '120',
          retentionMinimum: '60',
          retentionKind: 'fixed',
          retentionAmount: '8',
        },
      },
    ],
  },
]

/** Whom the atelier lets in before everybody else: friends of the bench, by a tag of theirs. */
export const CIRCLE_TAG = 'bench-circle'
export const CIRCLE = ['Ada Brandt', 'Clara Voss', 'Karim Bensaid']

export function customerEmail(name: string): string {
  return `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@shoppers.example`
}

export const CUSTOMER_NAMES = [
  'Ada Brandt',
  'Noor Haddad',
  'Elise Moreau',
  'Sofia Marchetti',
  'Grace Lin',
  'Harper Quinn',
  'Ruth Adeyemi',
  'Clara Voss',
  'Imogen Hale',
  'Yuki Tanabe',
  'Leila Farouk',
  'Marta Sousa',
  'Anika Rao',
  'Beatrix Holm',
  'Carmen Ibarra',
  'Daphne Kouris',
  'Esther Blum',
  'Freya Dahl',
  'Greta Simons',
  'Hana Petrov',
  'Isla McRae',
  'Jonas Weber',
  'Karim Bensaid',
  'Luca Ferri',
  'Milo Grant',
  'Nils Ek',
  'Oscar Reyes',
  'Pavel Novak',
  'Quentin Roy',
  'Rafael Costa',
]

/** Orders a month against the average: gifts in November and December, a quiet late summer. Index 0 is January. */
export const SEASON = [0.8, 1.15, 0.9, 0.95, 1.2, 0.9, 0.75, 0.7, 0.95, 1.05, 1.35, 1.6]
