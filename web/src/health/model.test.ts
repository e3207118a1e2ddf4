import { expect, test } from 'vitest';
import type { CoverOf, Figures } from '../api/health.ts';
import type { Camera } from '../api/types.ts';
import { formatInstant, parseInstant, SECOND } from '../time/instant.ts';
import type { Measured } from './board.ts';
import { percent, placesOf, rowsOf, sumsOf } from './model.ts';

const now = parseInstant('2017-07-12T05:05:12Z');
const ago = (s: number) => formatInstant(now - s * SECOND);

const camera = (id: string, state: Camera['state'], more: Partial<Camera> = {}): Camera => ({
  id, number: id, name: id, kind: 'surveillance', site: id, site_name: id, floor: '', room: '', sections: [], state, since: ago(3600), cause: '', actions: ['health'],
  purposes: [], streams: ['main'], keep_days: 30, ...more,
});
const figures = (id: string, more: Partial<Figures> = {}): Figures => ({ id, state: 'recording', since: ago(3600), cause: '', kbps: 1000, fps: 10, loss: 0, last_written: ago(2), clock_offset: 0.01, node: 'n', ...more });
const days = ['2017-07-06', '2017-07-07', '2017-07-08', '2017-07-09', '2017-07-10', '2017-07-11', '2017-07-12'];
const cover = (id: string, kinds: CoverOf['days'][number]['kind'][]): CoverOf => ({ id, share: 0.99, days: kinds.map((kind) => ({ kind, recorded: 0.9, longest: kind === 'ok' ? 0 : 90, cause: kind === 'ok' ? '' : 'disconnected' })) });
const ok = days.map(() => 'ok' as const);

const measured = (list: Figures[], covers: CoverOf[] = []): Measured => ({ at: now, figures: new Map(list.map((f) => [f.id, f])), days, cover: new Map(covers.map((c) => [c.id, c])), error: null });

test('what matters first stands on top', () => {
  const list = [
    camera('fine', 'recording'), camera('planned', 'planned'), camera('clock', 'recording'), camera('gap', 'recording', { since: ago(600) }), camera('short', 'stopped', { since: ago(60), cause: 'refused' }),
    camera('long', 'stopped', { since: ago(7200), cause: 'unreachable' }), camera('silent', 'unknown'), camera('behind', 'recording'), camera('foreign', 'stopped', { actions: ['live'] }),
    camera('often', 'recording'), camera('once', 'recording'), camera('lossy', 'recording'), camera('new', 'starting', { since: ago(5) }),
  ];
  const rows = rowsOf(list, measured(
    [figures('fine'), figures('clock', { clock_offset: -95 }), figures('gap'), figures('behind', { last_written: ago(45) }), figures('lossy', { loss: 0.021 }), figures('often'), figures('once')],
    [cover('fine', ok), cover('gap', [...ok.slice(1), 'gap']), cover('often', ['gap', 'ok', 'long', 'ok', 'gap', 'ok', 'ok']), cover('once', ['gap', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'])],
  ));
  expect(rows.map((r) => `${r.camera.id} ${r.level} ${r.troubles[0]?.kind ?? ''}`)).toEqual([
    'long stopped stopped', 'short stopped stopped', 'silent attention unknown', 'behind attention unwritten', 'gap attention gap', 'often attention repeated', 'lossy attention loss', 'clock attention clock',
    'fine fine ', 'once fine ', 'new fine ', 'planned planned ',
  ]);
  expect(rows.find((r) => r.camera.id === 'gap')!.troubles).toEqual([{ kind: 'gap', day: '2017-07-12', longest: 90, cause: 'disconnected', resumed: now - 600 * SECOND }]);
  const s = sumsOf(rows);
  expect([s.working, s.recording, s.stopped.length, s.attention.length, s.planned, s.gapDays]).toEqual([11, 7, 2, 6, 1, 5]);
  expect(s.written).toBe(now - 45 * SECOND);
  expect(s.clock?.camera.id).toBe('clock');
});

test('a site whose cameras all stopped at once is told from a broken camera', () => {
  const at = (id: string, since: number) => camera(id, 'stopped', { site: 'nogata', cause: 'unreachable', since: ago(since) });
  const together = (list: Camera[]) => rowsOf(list, measured([])).map((r) => (r.troubles[0]?.kind === 'stopped' ? r.troubles[0].together : 0));
  expect(together([at('a', 100), at('b', 105)])).toEqual([2, 2]);
  expect(together([at('a', 100), at('b', 900)])).toEqual([1, 1]);
  expect(together([at('a', 100), camera('b', 'recording', { site: 'nogata' })])).toEqual([1, 0]);
});

test('places come by what matters most in them', () => {
  const rows = rowsOf([camera('a', 'recording', { site: 's', floor: '1F' }), camera('b', 'stopped', { site: 's', floor: '2F' }), camera('c', 'recording', { site: 's', floor: '1F' })], measured([]));
  expect(placesOf(rows).map((p) => [p.key, p.rows.length])).toEqual([['s/2F', 1], ['s/1F', 2]]);
});

test('the whole is claimed of the whole only', () => {
  expect([percent(1), percent(0.99999), percent(0.9983), percent(0)]).toEqual(['100.00', '99.99', '99.83', '0.00']);
});
