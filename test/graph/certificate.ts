import { generateKeyPairSync, sign } from 'node:crypto';

/*
 * Certificates made on the spot, so that no key lies about in the repository: X.509 (RFC 5280) in DER (X.690), no more of
 * it than Node and OpenSSL ask for.
 */

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const bits = (bytes: Buffer) => der(0x03, Buffer.from([0]), bytes);
const year = (value: number) => der(0x18, Buffer.from(`${String(value)}0101000000Z`));

const sha256WithRsa = sequence(oid('2a864886f70d01010b'), der(0x05));
const commonName = (name: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
/** subjectAltName with the IP address 127.0.0.1. */
const loopback = sequence(oid('551d11'), der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])))));

/** A self-signed certificate for 127.0.0.1, and its key; the key is locked where there is a password. */
export function selfSigned(password?: string): { readonly certificate: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = commonName('device desk test');
  const facts = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    sha256WithRsa,
    name,
    sequence(year(2020), year(2100)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(loopback)),
  );
  const whole = sequence(facts, sha256WithRsa, bits(sign('sha256', facts, privateKey)));
  const lines = whole.toString('base64').replace(/.{64}/gu, '$&\n').trimEnd();
  const locked = password === undefined ? {} : { cipher: 'aes-256-cbc', passphrase: password };
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ format: 'pem', type: 'pkcs8', ...locked }).toString(),
  };
}
