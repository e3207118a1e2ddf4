import { expect, test } from 'vitest';
import { median, only } from './probe.ts';

const sdp = ['v=0', 'a=group:BUNDLE 0', 'a=candidate:1 1 udp 2130706431 10.0.0.5 8189 typ host', 'a=candidate:2 1 TCP 1671430143 10.0.0.5 8189 typ host tcptype passive', 'a=end-of-candidates', ''].join('\r\n');

test('an answer for one transport alone', () => {
  expect(only(sdp, 'udp')).toBe(['v=0', 'a=group:BUNDLE 0', 'a=candidate:1 1 udp 2130706431 10.0.0.5 8189 typ host', 'a=end-of-candidates', ''].join('\r\n'));
  expect(only(sdp, 'tcp')).toContain('TCP');
  expect(only(sdp, 'tcp')).not.toContain('udp');
});

test('the middle of several', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([])).toBeNaN();
});
