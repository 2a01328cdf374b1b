/** What the page and the viewer of saved runs have in common: relative addresses, and nothing asked of another server. */
import react from '@vitejs/plugin-react';
import type { BuildOptions, UserConfig } from 'vite';

export const built = (build: BuildOptions): UserConfig => ({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    target: 'es2023',
    // The first that know light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Fonts inside the style sheet.
    assetsInlineLimit: 100_000,
    reportCompressedSize: false,
    ...build,
  },
});
