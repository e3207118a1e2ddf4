// A reporter of node's test runner that ends with what scripts/test reads: a line for each file in which a story
// failed, and how many there were.
import path from 'node:path';

export default async function* count(events) {
  let passed = 0;
  let failed = 0;
  const again = new Set();
  for await (const e of events) {
    if (e.data?.nesting !== 0 || e.data?.details?.type === 'suite') continue;
    if (e.type === 'test:pass') passed++;
    if (e.type === 'test:fail') {
      failed++;
      if (e.data.file) again.add(path.relative('.', e.data.file));
    }
  }
  yield [...again].map((f) => `again ${f}\n`).join('') + `${passed} passed, ${failed} failed\n`;
}
