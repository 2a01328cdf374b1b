/** Asks before something is done, and says what that means. */
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useLanguage } from '../words/language.tsx';
import { WORDS } from './words.ts';

interface AskFirstProps {
  readonly title: string;
  /** What the button that does it says. */
  readonly act: string;
  readonly onAct: () => void;
  readonly onCancel: () => void;
  /** What is missing keeps it from being done. @default false */
  readonly disabled?: boolean;
  readonly loading?: boolean;
  /** @default that it is cancelled */
  readonly cancel?: string;
  readonly children: ReactNode;
}

export const AskFirst = (props: AskFirstProps) => {
  const { t } = useLanguage();
  const { title, act, onAct, onCancel, disabled = false, loading = false, cancel, children } = props;
  return (
    <Modal
      visible
      header={title}
      onDismiss={onCancel}
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={onCancel}>{cancel ?? t(WORDS.cancel)}</Button>
          <Button variant="primary" disabled={disabled} loading={loading} onClick={onAct}>
            {act}
          </Button>
        </SpaceBetween>
      }
    >
      {children}
    </Modal>
  );
};
