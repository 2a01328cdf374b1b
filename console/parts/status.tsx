/** A status, told by icon and text as well as by colour. */
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useLanguage } from '../words/language.tsx';
import { STATUS_WORDS } from './words.ts';

/** Running is never drawn as success, and nothing that goes on by itself as an error. */
const LOOKS: { readonly [status: string]: StatusIndicatorProps.Type } = {
  ...{ RUNNING: 'in-progress', open: 'in-progress', retrying: 'pending', undoing: 'in-progress' },
  ...{ SUCCEEDED: 'success', succeeded: 'success', done: 'success' },
  ...{ FAILED: 'error', failed: 'error', stuck: 'error', TIMED_OUT: 'error', timed_out: 'error' },
  ...{ ABORTED: 'stopped', aborted: 'stopped', caught: 'warning', undone: 'warning', skipped: 'stopped' },
  ...{ PENDING_REDRIVE: 'pending', unknown: 'info', untouched: 'not-started' },
};

export const statusLook = (status: string): StatusIndicatorProps.Type =>
  Object.hasOwn(LOOKS, status) ? (LOOKS[status] ?? 'info') : 'info';

export const useStatusWord = (): ((status: string) => string) => {
  const { t } = useLanguage();
  return (status) => {
    const known = Object.hasOwn(STATUS_WORDS, status) ? STATUS_WORDS[status] : undefined;
    return known === undefined ? status : t(known);
  };
};

export const Status = ({ status }: { readonly status: string }) => {
  const word = useStatusWord();
  return <StatusIndicator type={statusLook(status)}>{word(status)}</StatusIndicator>;
};
