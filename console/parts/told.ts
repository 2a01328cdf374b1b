/** What a page says of a problem, without the page. */
import { AskProblem } from '../city/problem.ts';

/** Whether something was to be read, or done. */
export type Asked = 'read' | 'act';

/**
 * `refused`: an answer, and a no; `missing`: there is nothing by that name; `unread`, `undone`: it went wrong on the other
 * side, or here; `silent`, `silentAct`: no answer came, and of an action nobody knows whether it was done.
 */
export type TroubleKind = 'refused' | 'missing' | 'unread' | 'undone' | 'silent' | 'silentAct';

export interface Told {
  readonly kind: TroubleKind;
  readonly detail: string;
  /** The error's name in its contract; empty for what no door said. */
  readonly problem: string;
  readonly traceId: string | undefined;
  /** Whether the same again can help. */
  readonly mayRetry: boolean;
}

export const toldBy = (error: unknown, asked: Asked, language: 'en' | 'hi'): Told => {
  if (!(error instanceof AskProblem)) {
    return {
      ...{ kind: asked === 'act' ? 'undone' : 'unread', detail: String(error), mayRetry: false },
      ...{ problem: '', traceId: undefined },
    };
  }
  const { status, message, problem, traceId, retryable, facts } = error;
  // The gateway cannot read which language is asked for, and says both.
  const detail = language === 'hi' && typeof facts.detail_hi === 'string' ? facts.detail_hi : message;
  return { kind: kindOf(status, asked), detail, problem, traceId, mayRetry: retryable };
};

const kindOf = (status: number, asked: Asked): TroubleKind => {
  if (status === 0) return asked === 'act' ? 'silentAct' : 'silent';
  if (status === 404 && asked === 'read') return 'missing';
  if (status < 500) return 'refused';
  return asked === 'act' ? 'undone' : 'unread';
};
