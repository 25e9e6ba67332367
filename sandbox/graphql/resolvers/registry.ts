// Every resolver of the sandbox, merged. What is not here is refused by name.
import type { Resolvers, TypeResolvers } from '../resolver.ts'
import { agreementResolvers } from './agreement.ts'
import { appInstallationResolvers } from './app-installation.ts'
import { appMutations } from './app-mutations.ts'
import { automaticDiscountResolvers } from './automatic-discount.ts'
import { automaticDiscountMutations } from './automatic-discount-mutations.ts'
import { calculatedOrderResolvers } from './calculated-order.ts'
import { collectionResolvers } from './collection.ts'
import { customerResolvers } from './customer.ts'
import { discountResolvers } from './discount.ts'
import { discountMutations } from './discount-mutations.ts'
import { disputeResolvers } from './dispute.ts'
import { draftOrderResolvers } from './draft-order.ts'
import { inventoryResolvers } from './inventory.ts'
import { inventoryMutations } from './inventory-mutations.ts'
import { lineItemResolvers } from './line-item.ts'
import { locationResolvers } from './location.ts'
import { metafieldResolvers } from './metafield.ts'
import { metafieldMutations } from './metafield-mutations.ts'
import { metaobjectResolvers } from './metaobject.ts'
import { metaobjectMutations } from './metaobject-mutations.ts'
import { nodeResolvers } from './node.ts'
import { orderResolvers } from './order.ts'
import { orderChargeResolvers } from './order-charges.ts'
import { orderEditMutations } from './order-edit-mutations.ts'
import { orderEditShippingMutations } from './order-edit-shipping.ts'
import { orderMutations } from './order-mutations.ts'
import { paymentMutations } from './payment-mutations.ts'
import { productResolvers } from './product.ts'
import { productMutations } from './product-mutations.ts'
import { publicationResolvers } from './publication.ts'
import { refundResolvers } from './refund.ts'
import { refundMutations } from './refund-mutations.ts'
import { returnResolvers } from './return.ts'
import { returnMutations } from './return-mutations.ts'
import { shopResolvers } from './shop.ts'
import { shopifyFunctionResolvers } from './shopify-function.ts'
import { validationResolvers } from './validation.ts'

export const resolvers: Resolvers = merge([
  agreementResolvers,
  appInstallationResolvers,
  appMutations,
  automaticDiscountMutations,
  automaticDiscountResolvers,
  calculatedOrderResolvers,
  collectionResolvers,
  customerResolvers,
  discountMutations,
  discountResolvers,
  disputeResolvers,
  draftOrderResolvers,
  inventoryMutations,
  inventoryResolvers,
  lineItemResolvers,
  locationResolvers,
  metafieldMutations,
  metafieldResolvers,
  metaobjectMutations,
  metaobjectResolvers,
  nodeResolvers,
  orderChargeResolvers,
  orderEditMutations,
  orderEditShippingMutations,
  orderMutations,
  orderResolvers,
  paymentMutations,
  productMutations,
  productResolvers,
  publicationResolvers,
  refundMutations,
  refundResolvers,
  returnMutations,
  returnResolvers,
  shopResolvers,
  shopifyFunctionResolvers,
  validationResolvers,
])

/** Errors: two modules that claim one field are a mistake, thrown at start. */
function merge(parts: Resolvers[]): Resolvers {
  const merged: Resolvers = {}
  for (const part of parts) {
    for (const [typeName, typeResolvers] of Object.entries(part)) {
      const known: TypeResolvers = merged[typeName] ?? {}
      const twice = Object.keys(typeResolvers).find((field) => Object.hasOwn(known, field))
      if (twice) throw new Error(`sandbox: ${typeName}.${twice} has two resolvers`)
      merged[typeName] = { ...known, ...typeResolvers }
    }
  }
  return merged
}
