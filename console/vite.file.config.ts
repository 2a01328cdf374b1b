/** How the viewer inside of a saved run is built: one script and one style sheet, put into the file as they are. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Beside the page, which is built first.
    emptyOutDir: false,
    assetsInlineLimit: 100_000,
    chunkSizeWarningLimit: 4_000,
    reportCompressedSize: false,
    rolldownOptions: {
      input: 'file.tsx',
      output: {
        codeSplitting: false,
        entryFileNames: 'file/viewer.js',
        assetFileNames: 'file/viewer[extname]',
      },
    },
  },
});
