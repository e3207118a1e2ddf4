import { expect, test } from 'vitest';
import { parseInstant } from '../time/instant.ts';
import { unpack } from './picture.ts';

const packed = (...units: [number, boolean, number[]][]) => {
  const bytes = units.flatMap(([at, key, data]) => {
    const view = new DataView(new ArrayBuffer(13));
    view.setUint32(0, 9 + data.length);
    view.setBigInt64(4, BigInt(at));
    view.setUint8(12, key ? 1 : 0);
    return [...new Uint8Array(view.buffer), ...data];
  });
  return new Uint8Array(bytes).buffer;
};

test('a picture is a key frame and what follows it', () => {
  const at = parseInstant('2017-06-28T09:24:37.120001Z');
  expect(unpack(packed([at, true, [0, 0, 0, 1, 0x65]], [at + 66_667, false, []]))).toEqual([
    { at, key: true, data: new Uint8Array([0, 0, 0, 1, 0x65]) },
    { at: at + 66_667, key: false, data: new Uint8Array() },
  ]);
  expect(unpack(new ArrayBuffer(0))).toEqual([]);
});

test('what is cut off is no picture', () => {
  const whole = packed([1, true, [1, 2, 3]]);
  for (const n of [1, 4, 12, 15]) expect(() => unpack(whole.slice(0, n)), String(n)).toThrow(RangeError);
});
