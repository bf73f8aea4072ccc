import { constants, createHash, createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';

/** Seconds. */
const lifetime = 300;

/**
 * The JWT by which an app shows that it has the key of its certificate, in the form that Entra asks for (identity
 * platform, "Microsoft identity platform application authentication certificate credentials"). `pem` holds certificate
 * and key. Throws where the password does not open the key.
 */
export function signedAssertion(
  app: { readonly tenantId: string; readonly clientId: string; readonly loginHost: string },
  pem: string,
  password: string,
): string {
  const key = createPrivateKey({ key: pem, passphrase: password });
  const thumbprint = createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    aud: `${app.loginHost}/${app.tenantId}/oauth2/v2.0/token`,
    iss: app.clientId,
    sub: app.clientId,
    jti: randomUUID(),
    nbf: now,
    iat: now,
    exp: now + lifetime,
  };
  const signed = `${part({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })}.${part(claims)}`;
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, ...padding }).toString('base64url')}`;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
