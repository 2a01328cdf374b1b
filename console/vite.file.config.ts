/** How the viewer inside of a saved run is built: one script and one style sheet, put into the file as they are. */
import { built } from './vite.shared.ts';

export default built({
  // Beside the page, which is built first.
  emptyOutDir: false,
  chunkSizeWarningLimit: 4_000,
  rolldownOptions: {
    input: 'file.tsx',
    output: {
      codeSplitting: false,
      entryFileNames: 'file/viewer.js',
      assetFileNames: 'file/viewer[extname]',
    },
  },
});
