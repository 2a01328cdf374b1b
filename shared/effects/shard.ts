/** Which of `shards` a text belongs to: always the same one (FNV-1a, 32 bits, over UTF-16 units). */
export const shardOf = (text: string, shards: number): number => {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return (hash >>> 0) % shards;
};
