/** Names behind a title, or that there are none. */
export const Listed = ({ title, names }: { readonly title: string; readonly names: readonly string[] }) => (
  <div>
    <strong>{title}:</strong> {names.length === 0 ? '–' : names.join(', ')}
  </div>
);
