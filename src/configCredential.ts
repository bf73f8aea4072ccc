type Environment = Readonly<Record<string, string | undefined>>;

/** The variables by which we prove who we are: one of them. */
export const proofs = ['CLIENT_SECRET', 'CERTIFICATE_PATH', 'MANAGED_IDENTITY', 'FEDERATED_TOKEN_FILE'] as const;

/** What proves that we are `clientId`. `managedIdentity`: `clientId` is a user-assigned managed identity itself. */
export type Credential =
  | { readonly is: 'clientSecret'; readonly clientSecret: string }
  | { readonly is: 'certificate'; readonly certificatePath: string; readonly certificatePassword?: string }
  | { readonly is: 'managedIdentity' }
  | { readonly is: 'federated'; readonly tokenFilePath: string };

/** Two proofs, none, or a password for nothing. */
export function faultsOfProof(set: Environment): readonly string[] {
  const given = proofs.filter((name) => name in set);
  if (given.length === 0) return [`No credential is set. Set one of ${proofs.join(', ')}.`];
  if (given.length > 1) return [`${given.join(' and ')} are set together. Keep one of them.`];
  return 'CERTIFICATE_PASSWORD' in set && given[0] !== 'CERTIFICATE_PATH'
    ? ['CERTIFICATE_PASSWORD is set without CERTIFICATE_PATH. Set that too, or unset the password.']
    : [];
}

/** Undefined where there is none. */
export function credentialOf(set: Environment): Credential | undefined {
  const { CLIENT_SECRET, CERTIFICATE_PATH, CERTIFICATE_PASSWORD, MANAGED_IDENTITY, FEDERATED_TOKEN_FILE } = set;
  if (CLIENT_SECRET) return { is: 'clientSecret', clientSecret: CLIENT_SECRET };
  if (CERTIFICATE_PATH) {
    const password = CERTIFICATE_PASSWORD === undefined ? {} : { certificatePassword: CERTIFICATE_PASSWORD };
    return { is: 'certificate', certificatePath: CERTIFICATE_PATH, ...password };
  }
  if (FEDERATED_TOKEN_FILE) return { is: 'federated', tokenFilePath: FEDERATED_TOKEN_FILE };
  return MANAGED_IDENTITY ? { is: 'managedIdentity' } : undefined;
}
