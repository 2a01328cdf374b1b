/** How the page is built: static files with relative addresses, since it lies in a bucket under whatever path. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    target: 'es2023',
    // The first that know light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    emptyOutDir: true,
    // Fonts inside the style sheet: nothing is asked of another server.
    assetsInlineLimit: 100_000,
    chunkSizeWarningLimit: 2_000,
    reportCompressedSize: false,
  },
});
