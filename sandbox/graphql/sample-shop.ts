// A small shop with known figures, for the tests of this folder and of the token endpoint.
import path from 'node:path'
import { installApp } from '#sandbox/oauth/install.ts'
import { issueToken } from '#sandbox/oauth/token-store.ts'
import type { MoneyBag, Order, Product, Sale } from '#sandbox/state/nouns.ts'
import { openSandbox, type Sandbox } from '#sandbox/state/sandbox.ts'

export const SAMPLE_SHOP = 'lumen-atelier.myshopify.com'
export const ALL_SCOPES =
  'read_all_orders,write_customers,write_draft_orders,write_inventory,read_locations,write_orders,write_products,write_publications,read_returns,read_shopify_payments_disputes,write_discounts,write_metaobjects,write_validations,read_shopify_payments_accounts'

export function bag(shop: string, presentment: string = shop): MoneyBag {
  return { shop, presentment }
}

/** An empty sandbox with the sample shop in it, the app not installed. */
export function openSampleSandbox(): Sandbox {
  const sandbox = openSandbox({
    apiKey: 'filigree-local-key',
    apiSecret: 'shpss_local_secret',
    appUrl: 'http://localhost:3000',
    sandboxUrl: 'http://localhost:4000',
    appTomlPath: path.join(import.meta.dirname, '../../shopify.app.toml'),
  })
  sandbox.shops[SAMPLE_SHOP] = {
    shop: {
      id: '900001',
      domain: SAMPLE_SHOP,
      name: 'Lumen Atelier',
      email: 'mara@lumen-atelier.example',
      currency: 'USD',
      timeZone: 'America/New_York',
      country: 'US',
      taxesIncluded: false,
      taxRate: '0.08',
      planPublicName: 'Basic',
      ownerName: 'Mara Lindqvist',
      installation: null,
      installations: 0,
    },
    products: { '11': sampleProduct('11', 'Halo ring'), '12': sampleProduct('12', 'Willow cuff') },
    collections: {
      '21': {
        id: '21',
        title: 'Spring',
        handle: 'spring',
        productIds: ['12', '11'],
        updatedAt: '2026-01-02T00:00:00.000Z',
      },
    },
    customers: {
      '31': {
        id: '31',
        firstName: 'Ada',
        lastName: 'Moss',
        email: 'ada@shopper.example',
        phone: null,
        tags: [],
        createdAt: '2026-01-01T00:00:00.000Z',
        redactedAt: null,
      },
    },
    locations: { '41': { id: '41', name: 'Workshop', active: true } },
    inventoryLevels: {
      '51': {
        id: '51',
        inventoryItemId: '511',
        locationId: '41',
        available: 5,
        reserved: 0,
        committed: 1,
        onHand: 6,
        updatedAt: '2026-01-01T00:00:00.000Z',
      },
    },
    metaobjects: {},
    discounts: {
      '61': {
        id: '61',
        code: 'NOVA10',
        title: 'Nova',
        percentage: '0.1',
        startsAt: '2026-01-01T00:00:00.000Z',
        endsAt: null,
        usageLimit: null,
        appliesOncePerCustomer: false,
        usageCount: 1,
        productIds: ['11'],
        status: 'ACTIVE',
        createdAt: '2026-01-01T00:00:00.000Z',
      },
    },
    orders: {},
    disputes: {
      '71': {
        id: '71',
        orderId: '1001',
        type: 'CHARGEBACK',
        status: 'NEEDS_RESPONSE',
        amount: '97.20',
        currency: 'USD',
        reason: 'fraudulent',
        initiatedAt: '2026-02-01T00:00:00.000Z',
        evidenceDueBy: '2026-02-08T00:00:00.000Z',
        finalizedOn: null,
      },
    },
    nextOrderNumber: 1002,
  }
  addSampleOrder(sandbox, '1001', '2026-01-10T12:00:00.000Z')
  return sandbox
}

/** The same, installed with the given scopes, and a living offline token. */
export function openInstalledSandbox(scopes: string[] = ALL_SCOPES.split(',')): {
  sandbox: Sandbox
  token: string
} {
  const sandbox = openSampleSandbox()
  installApp(sandbox, SAMPLE_SHOP, scopes)
  const token = issueToken(sandbox, SAMPLE_SHOP, { mode: 'offline', userId: null, expiring: true })
  return { sandbox, token: token.accessToken }
}

function sampleProduct(id: string, title: string): Product {
  return {
    id,
    title,
    handle: title.toLowerCase().replaceAll(' ', '-'),
    descriptionHtml: `<p>${title}</p>`,
    vendor: 'Lumen',
    productType: 'Jewelry',
    tags: [],
    status: 'ACTIVE',
    images: [{ url: '/images/x.png', altText: title }],
    variants: [
      {
        id: `${id}1`,
        title: 'Default',
        sku: `SKU-${id}`,
        price: '100.00',
        compareAtPrice: null,
        inventoryItemId: id === '11' ? '511' : '512',
        inventoryPolicy: 'DENY',
        unitCost: '40.00',
      },
    ],
    metafields: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  }
}

/** One ring for 100.00 less 10 %, 8 % tax: 97.20; and a refund of all of it when asked. */
export function addSampleOrder(sandbox: Sandbox, id: string, placedAt: string): Order {
  const sale: Sale = {
    id: `7${id}`,
    actionType: 'ORDER',
    lineType: 'PRODUCT',
    lineItemId: `8${id}`,
    quantity: 1,
    total: bag('97.20'),
    tax: bag('7.20'),
    discountBeforeTaxes: bag('10.00'),
    discountAfterTaxes: bag('10.00'),
  }
  const order: Order = {
    id,
    name: `#${id}`,
    number: Number(id),
    customerId: '31',
    email: 'ada@shopper.example',
    createdAt: placedAt,
    processedAt: placedAt,
    updatedAt: placedAt,
    cancelledAt: null,
    cancelReason: null,
    test: false,
    currency: 'USD',
    presentmentCurrency: 'USD',
    taxesIncluded: false,
    financialStatus: 'PAID',
    discountCodes: ['NOVA10'],
    customAttributes: [{ key: '_filigree', value: 'abc' }],
    note: '',
    tags: [],
    sourceName: 'web',
    lineItems: [
      {
        id: `8${id}`,
        productId: '11',
        variantId: '111',
        title: 'Halo ring',
        sku: 'SKU-11',
        quantity: 1,
        currentQuantity: 1,
        isGiftCard: false,
        unitPrice: bag('100.00'),
        discount: bag('10.00'),
        taxes: [{ title: 'Tax', rate: '0.08', amount: bag('7.20') }],
        sellingPlanName: null,
      },
    ],
    shipping: null,
    tip: null,
    currentTotal: bag('97.20'),
    originalTotal: bag('97.20'),
    agreements: [
      { id: `6${id}`, kind: 'ORDER', reason: 'ORDER', happenedAt: placedAt, subjectId: null, sales: [sale] },
    ],
    transactions: [
      {
        id: `5${id}`,
        kind: 'SALE',
        status: 'SUCCESS',
        gateway: 'shopify_payments',
        amount: bag('97.20'),
        createdAt: placedAt,
      },
    ],
    refunds: [],
    returns: [],
    importNotes: [],
  }
  sandbox.shop(SAMPLE_SHOP).orders[id] = order
  return order
}
