import type { Problem } from '../api/result.ts';
import type { Text } from '../text/index.ts';

/** words say why proving oneself did not work. */
export function words(t: Text, p: Problem): string {
  return t.security.errors[p.code] ?? (p.status === 0 ? t.noAnswer : t.oops(p.detail));
}
