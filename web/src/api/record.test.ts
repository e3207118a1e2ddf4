import { expect, test } from 'vitest';
import { splice } from './record.ts';

test('a tail takes the place of what was known behind its beginning', () => {
  const old = { spans: [{ from: 0, to: 50 }, { from: 60, to: 90 }], gaps: [{ from: 50, to: 60, cause: 'stalled' }, { from: 90, to: 100, cause: 'unexplained' }], until: 100 };
  const tail = { spans: [{ from: 80, to: 120 }], gaps: [], until: 120 };
  expect(splice(old, tail, 80)).toEqual({ spans: [{ from: 0, to: 50 }, { from: 60, to: 120 }], gaps: [{ from: 50, to: 60, cause: 'stalled' }], until: 120 });
});

test('gaps of other causes stay apart', () => {
  const old = { spans: [], gaps: [{ from: 0, to: 100, cause: 'stalled' }], until: 100 };
  const tail = { spans: [], gaps: [{ from: 80, to: 120, cause: 'unreachable' }], until: 120 };
  expect(splice(old, tail, 80).gaps).toEqual([{ from: 0, to: 80, cause: 'stalled' }, { from: 80, to: 120, cause: 'unreachable' }]);
});
