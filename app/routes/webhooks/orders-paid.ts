import { answerWebhook } from './answer-webhook.server.ts'

export const action = answerWebhook('orders/paid')
