export type * from './ast';
export { type Claim, type ClaimedAxis, readClaim } from './claims';
export { commentsOf } from './comments';
export { encodingCookie } from './encoding';
export { absolute, chunkAt, nodeAt } from './locate';
export { type ParsedModule, parseModule } from './parse';
export { createParser, type Parser } from './parser';
export { sameTokens } from './same-tokens';
export { childrenOf, isSyntax, type SyntaxNode, walk } from './walk';
