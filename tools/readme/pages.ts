/** The pages with computed blocks. */
export const pages = ['README.md', 'SECURITY.md', 'manifest/README.md'];
