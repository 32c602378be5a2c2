// Signs access tokens as the server does (docs/adr/0018-ed25519-with-derived-keys.md), for the browser test and the
// measurements: from members that nobody registered, or with another end.
import { createHash, createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';

const PERIOD = 30 * 24 * 60 * 60 * 1_000; // milliseconds
// What stands before the seed in PKCS #8 (RFC 8410, section 7).
const PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/// A function that makes a token of its claims, for an installation with that secret.
export function signerOf(secret, now = Date.now()) {
  const period = Buffer.alloc(8);
  period.writeBigInt64BE(BigInt(Math.floor(now / PERIOD)));
  const seed = hmac(hmac(secret, 'access token signing keys'), period);
  const key = createPrivateKey({ key: Buffer.concat([PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x })).digest('base64url');
  const header = encoded({ typ: 'at+jwt', alg: 'EdDSA', kid });
  return (claims) => {
    const message = `${header}.${encoded(claims)}`;
    return `${message}.${sign(null, Buffer.from(message), key).toString('base64url')}`;
  };
}

function hmac(key, message) {
  return createHmac('sha256', key).update(message).digest();
}

function encoded(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
