import type { Instant } from '../time/instant.ts';
import type { Message } from './session.ts';

/** Pending is something asked of the server whose first picture is still to come. */
export type Pending =
  | { kind: 'open'; camera: string; at: Instant | null }
  | { kind: 'seek'; at: Instant }
  | { kind: 'step'; from: Instant; step: 1 | -1 };

type Position = Extract<Message, { type: 'position' }>;

/** answers reports whether the position is that of the picture asked for. */
export function answers(p: Pending, m: Position): boolean {
  switch (p.kind) {
    case 'open':
      return m.camera === p.camera && m.live === (p.at === null) && (p.at === null || m.end || m.sought === p.at);
    case 'seek':
      return !m.live && (m.end || m.sought === p.at);
    case 'step':
      return !m.live && (m.end || (p.step > 0 ? m.at > p.from : m.at < p.from));
  }
}
