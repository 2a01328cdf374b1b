/** A long list of which only what is in view is drawn: rows are recycled, so ten thousand scroll like ten. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useRef } from 'react';

/** The height of every row. */
export const ROW_PX = 26;
const OVERSCAN = 16;

export interface RowList {
  readonly scroller: { readonly current: HTMLElement | null };
  readonly virtual: ReturnType<typeof useVirtualizer<HTMLElement, Element>>;
}

/** So many rows, and what scrolls them. */
export const useRows = (count: number): RowList => {
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer<HTMLElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  return { scroller, virtual };
};

interface RowsProps {
  readonly of: RowList;
  readonly label: string;
  /** It may take most of the window. @default false */
  readonly tall?: boolean;
  /** A row is an `<li>` at its place. */
  readonly children: (index: number, place: CSSProperties) => ReactNode;
}

export const Rows = ({ of: { scroller, virtual }, label, tall = false, children }: RowsProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (axe: scrollable-region-focusable)
  <section className={tall ? 'timeline tall' : 'timeline'} ref={scroller} tabIndex={0} aria-label={label}>
    <ul style={{ height: virtual.getTotalSize() }}>
      {virtual
        .getVirtualItems()
        .map(({ index, start }) => children(index, { transform: `translateY(${start}px)`, height: ROW_PX }))}
    </ul>
  </section>
);
