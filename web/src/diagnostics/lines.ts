import type { Text } from '../text/index.ts';
import type { Findings, Piece } from './diagnosis.ts';
import type { Codecs, Echo, Way } from './probe.ts';

export type Level = 'ok' | 'note' | 'bad' | 'info' | 'wait';

/** Line is one thing on the page: how it is, what was measured, what to do. */
export interface Line {
  name: string;
  level: Level;
  value: string;
  advice: string;
}

export interface Group {
  name: string;
  lines: Line[];
}

const slowHTTP = 300; // ms there and back
const slowEcho = 200; // ms
const wrongClock = 2_000; // ms

type Said = [Level, string, string?]; // level, what was measured, what to do

/** groupsOf are the findings in words. */
export function groupsOf(t: Text, f: Findings): Group[] {
  const d = t.diagnostics;
  const line = (name: string, [level, value, advice = '']: Said): Line => ({ name, level, value, advice });
  return [
    { name: d.groups.net, lines: [
      line(d.http.name, piece(t, f.way, (w) => http(t, w), ['bad', d.failed, d.http.bad])),
      line(d.events.name, piece(t, f.events, (ms) => ['ok', d.events.value(d.ms(digits(ms))), d.events.ok], ['bad', d.failed, d.events.bad])),
      line(d.udp.name, transport(t, f, 'udp')), line(d.tcp.name, transport(t, f, 'tcp')),
      line(d.proxy.name, piece(t, f.way, (w) => (w.proxy ? ['info', d.proxy.seen, d.proxy.seenWhy] : ['ok', d.no, d.proxy.unseen]))),
      line(d.secure.name, piece(t, f.way, (w) => secure(t, w, f))),
      line(d.address.name, piece(t, f.way, (w) => ['info', w.address, d.address.why])),
    ] },
    { name: d.groups.media, lines: [
      line(d.h264.name, piece(t, f.codecs, (c) => h264(t, c))), line(d.smooth.name, piece(t, f.codecs, (c) => smooth(t, c))),
      line(d.codecs.name, f.device.webcodecs ? ['ok', d.yes, d.codecs.ok] : ['note', d.no, f.device.secure ? d.codecs.none : d.codecs.insecure]),
      line(d.h265.name, piece(t, f.codecs, (c) => (c.h265.webrtc ? ['ok', both(t, c.h265), d.h265.ok] : ['info', both(t, c.h265), d.h265.none]))),
    ] },
    { name: d.groups.device, lines: [
      line(d.clock.name, piece(t, f.way, (w) => clock(t, w))),
      line(d.browser.name, /Chrom|Edge/.test(f.device.browser) ? ['ok', f.device.browser, d.browser.ok] : ['note', f.device.browser, d.browser.other]),
      line(d.platform.name, ['info', f.device.platform]),
      line(d.screen.name, small(f) ? ['info', f.device.screen, d.screen.small] : ['info', f.device.screen]),
      line(d.cores.name, ['info', d.cores.value(f.device.cores, f.device.memory === null ? '' : d.cores.memory(f.device.memory)), f.device.cores <= 2 ? d.cores.few : '']),
    ] },
  ];
}

/** verdictOf is the whole: it is bad only where no footage can come. */
export function verdictOf(f: Findings, groups: readonly Group[]): Level {
  const lines = groups.flatMap((g) => g.lines);
  if (f.at === null) return 'wait';
  if (lines.some((l) => l.level === 'bad')) return 'bad';
  return lines.some((l) => l.level === 'note') ? 'note' : 'ok';
}

function piece<T>(t: Text, p: Piece<T>, say: (value: T) => Said, failed: Said = ['info', t.diagnostics.unmeasured]): Said {
  if (p.kind === 'waiting') return ['wait', ''];
  return p.kind === 'done' ? say(p.value) : failed;
}

/** digits are as many as say something: 0.4, 12. */
const digits = (ms: number) => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));

function http(t: Text, w: Way): Said {
  const d = t.diagnostics;
  const value = d.http.value(d.ms(digits(w.rtt)), w.http);
  return w.rtt > slowHTTP ? ['note', value, d.http.slow] : ['ok', value, d.http.ok];
}

/** transport is one of two ways: where the other stands, its failing is no more than worth a note. */
function transport(t: Text, f: Findings, key: 'udp' | 'tcp'): Said {
  const d = t.diagnostics;
  const [p, other] = key === 'udp' ? [f.udp, f.tcp] : [f.tcp, f.udp];
  const to = f.way.kind === 'done' ? f.way.value[key] : '';
  if (key === 'tcp' && f.way.kind === 'done' && !to) return ['info', d.no, d.tcp.none];
  if (p.kind === 'waiting' || (p.kind === 'failed' && other.kind === 'waiting')) return ['wait', ''];
  if (p.kind === 'done') return reached(t, p.value, d[key]);
  return other.kind === 'done' ? ['note', d.failed, d[key].blocked(to)] : ['bad', d.failed, d[key].bad(to)];
}

function reached(t: Text, e: Echo, words: { ok: string; slow: string }): Said {
  const d = t.diagnostics;
  const value = d.trip(d.ms(digits(e.connect)), d.ms(digits(e.rtt)));
  return e.rtt > slowEcho ? ['note', value, words.slow] : ['ok', value, words.ok];
}

function secure(t: Text, w: Way, f: Findings): Said {
  const d = t.diagnostics;
  if (w.secure) return ['ok', d.yes, d.secure.ok];
  return f.device.secure ? ['ok', d.no, d.secure.local] : ['note', d.no, d.secure.bad];
}

const both = (t: Text, c: { webrtc: boolean; webcodecs: boolean }) => t.diagnostics.h264.value(c.webrtc ? t.diagnostics.yes : t.diagnostics.no, c.webcodecs ? t.diagnostics.yes : t.diagnostics.no);

function h264(t: Text, c: Codecs): Said {
  const d = t.diagnostics;
  return c.h264.webrtc ? ['ok', both(t, c.h264), d.h264.ok] : ['bad', both(t, c.h264), d.h264.bad];
}

function smooth(t: Text, c: Codecs): Said {
  const d = t.diagnostics.smooth;
  if (c.smooth === null) return ['info', t.diagnostics.unmeasured, d.unknown];
  const value = c.hardware ? d.hardware : d.software;
  if (!c.smooth) return ['note', value, d.bad];
  return c.hardware ? ['ok', value, d.ok] : ['info', value, d.software2];
}

function clock(t: Text, w: Way): Said {
  const d = t.diagnostics.clock;
  const abs = t.seconds(Math.abs(w.clock) / 1000);
  const error = Math.max(0.1, Math.ceil(w.clockError / 100) / 10);
  const value = d.value(Math.abs(w.clock) < 50 ? abs : w.clock < 0 ? d.behind(abs) : d.ahead(abs), t.seconds(error));
  return Math.abs(w.clock) > wrongClock + w.clockError ? ['note', value, d.off] : ['ok', value, d.ok];
}

function small(f: Findings): boolean {
  const [w, h] = f.device.screen.split(/\D+/).map(Number);
  return (w ?? 0) < 1280 || (h ?? 0) < 720;
}

/** textOf is everything as plain text, for a mail to the help desk. */
export function textOf(t: Text, groups: readonly Group[], head: readonly [string, string][]): string {
  const d = t.diagnostics;
  return [
    d.paper.title, ...head.map(([name, value]) => `${name}: ${value}`),
    ...groups.flatMap((g) => ['', `■ ${g.name}`, ...g.lines.map((l) => `[${d.levels[l.level]}] ${l.name}: ${l.value}${l.level === 'note' || l.level === 'bad' ? `\n    → ${l.advice}` : ''}`)]),
    '',
  ].join('\n');
}
