/** Does so many things, never more than `atOnce` of them at a time; answers what each gave, in order. */
export const together = async <T>(
  count: number,
  atOnce: number,
  work: (number: number, client: number) => Promise<T>,
): Promise<T[]> => {
  const done: T[] = [];
  let next = 0;
  const client = async (own: number): Promise<void> => {
    while (next < count) {
      const number = next;
      next += 1;
      done[number] = await work(number, own);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, (_, own) => client(own)));
  return done;
};
