/** How the page is built: static files with relative addresses, since it lies in a bucket under whatever path. */
import { built } from './vite.shared.ts';

export default built({ emptyOutDir: true, chunkSizeWarningLimit: 2_000 });
