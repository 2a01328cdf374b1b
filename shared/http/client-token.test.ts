import { describe, expect, it } from 'vitest';
import { PeerUnavailableError } from '../errors/index.ts';
import { caught, get, json, trainsPeer } from './trains.fixture.ts';

describe('a client with a token', () => {
  const peer = trainsPeer();

  it('passes on what went wrong with the token', async () => {
    const own = new PeerUnavailableError({ peer: 'identity' });
    const token = () => Promise.reject(own);
    expect(await caught(peer.trains({ token, attempts: 1 }).getSeat(get))).toBe(own);
    expect(peer.seen).toEqual([]);
  });

  describe('that is told its token is no good', () => {
    const refusal = () => json(401, { message: 'Unauthorized' });
    /** A source of tokens that makes a new one when it is told that the last one was refused. */
    const source = () => {
      const refusals: (string | undefined)[] = [];
      let token = 1;
      return {
        refusals,
        token: async (refused?: string) => {
          refusals.push(refused);
          if (refused === `t${token}`) token += 1;
          return `t${token}`;
        },
      };
    };

    it('asks once more with a new one, at a call that may not be made twice too: nothing has happened', async () => {
      peer.answers = [refusal(), (_, response) => response.writeHead(204).end()];
      const { token, refusals } = source();
      expect((await peer.trains({ token }).complain()).status).toBe(204);
      expect(refusals).toEqual([undefined, 't1']);
      expect(peer.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2']);
      expect(peer.pauses).toEqual([]);
    });

    it('takes the second no for an answer', async () => {
      peer.answers = [refusal(), refusal()];
      const error = await caught(peer.trains({ token: source().token }).getSeat(get));
      expect(error).toMatchObject({ name: 'UnauthenticatedError', retryable: false });
      expect(peer.seen).toHaveLength(2);
    });

    it('does not send the same one twice', async () => {
      peer.answers = [refusal()];
      expect(await caught(peer.trains().getSeat(get))).toMatchObject({ name: 'UnauthenticatedError' });
      expect(peer.seen).toHaveLength(1);
    });
  });

  it('counts the time that the token took: when that was all, nobody is asked', async () => {
    peer.answers = [json(200, { seat: '12A' })];
    const token = () => new Promise<string>((resolve) => setTimeout(resolve, 60, 'tok'));
    const error = await caught(peer.trains({ token, attempts: 1, deadlineMs: 50 }).getSeat(get));
    expect(error).toMatchObject({ name: 'PeerUnavailableError' });
    expect(peer.seen).toEqual([]);
  });
});
