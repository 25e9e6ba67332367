// While a visitor is there, a dead token is replaced at once by exchanging the visitor's session token: after a reinstall whose uninstall
// was never announced, the stored token looks alive and is not.
import type { TokenResult, TokenSource } from './offline-token.ts'

export interface ExchangingTokenSource extends TokenSource {
  hasExchanged(): boolean
}

/** `exchange` answers the new access token. Errors: a refused exchange is thrown by it and counts as not installed. */
export function exchangeWhenRefused(
  tokens: TokenSource,
  exchange: (shopDomain: string) => Promise<string | undefined>,
): ExchangingTokenSource {
  let exchanged = false
  const orExchange = async (shopDomain: string, result: TokenResult): Promise<TokenResult> => {
    if (result.ok || result.reason !== 'not_installed' || exchanged) return result
    try {
      const accessToken = await exchange(shopDomain)
      if (!accessToken) return result
      exchanged = true
      return { ok: true, accessToken }
    } catch {
      // The session token was too old or refused: the visitor's next request brings another.
      return result
    }
  }
  return {
    hasExchanged: () => exchanged,
    current: async (shopDomain) => orExchange(shopDomain, await tokens.current(shopDomain)),
    replaceRefused: async (shopDomain, refused) =>
      orExchange(shopDomain, await tokens.replaceRefused(shopDomain, refused)),
  }
}
