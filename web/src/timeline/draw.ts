import type { Gap, Recordings } from '../api/types.ts';
import { MINUTE, clock, minutes, monthDay, thousandths, type Instant, type Span } from '../time/instant.ts';
import { bars, explained, flags, labels, length, rows, ticks, toAt, toX, type Flag, type Mark, type Rows, type Scale, type Tick } from './model.ts';

/** Geometry is where the parts of the canvas lie, px from its top. */
export interface Geometry {
  height: number;
  head: number; // height of the flags and ticks; the lanes lie below
  rows: Rows;
  overview: { y: number; h: number; labels: number };
}

/** geometry of a timeline with n lanes at a density; its height never depends on what is in it. */
export function geometry(n: number, tight: boolean): Geometry {
  const head = tight ? 38 : 48;
  const r = rows(n, tight);
  const y = head + r.shown + (tight ? 13 : 18);
  const h = tight ? 10 : 12;
  return { head, rows: r, overview: { y, h, labels: y + h + 16 }, height: y + h + (tight ? 22 : 26) };
}

/** Strip is a stretch of activity: equal buckets, each 0 to 1000, or −1 where nothing is recorded. */
export interface Strip {
  from: Instant;
  step: number; // µs of a bucket
  values: readonly number[];
}

/** Stretch is a stretch of footage that is marked as such. */
export interface Stretch extends Span {
  label: string; // number of the case
}

/** Lane is what is drawn of one camera. */
export interface Lane {
  record: Recordings | null;
  activity: readonly Strip[];
  held: readonly Stretch[]; // what is kept from being erased
  current: boolean;
}

/** Scene is everything a drawing shows. */
export interface Scene {
  detail: Scale;
  overview: Scale;
  lanes: readonly Lane[];
  scroll: number; // px the lanes are scrolled by
  kept: Recordings | null; // of the whole time footage is kept
  marks: readonly Mark[];
  at: Instant | null; // where the playhead stands
  now: Instant;
  hover: number | null; // px
  words: Words;
}

export interface Words {
  now: string;
  gap: (g: Gap) => string;
  held: (caseNumber: string) => string;
  day: (at: Instant) => string;
}

const ink = {
  lane: '#23282f', record: '#4a63a8', gap: '#c96a2c', base: '#1b1f25', surface: '#13161a', row: '#171e2c', rule: '#20262d', tick: '#353d47',
  text: '#f2f2f2', dim: '#a0a6ad', warn: '#ffa66d', now: '#51b883', nowText: '#71c598', hover: '#ffffff80', active: '#97d3ff', mark: '#97d3ff', held: '#bb87ff', heldBack: '#8843e11f', heldTag: '#cda6ff', heldText: '#1b0a33',
};
const family = "'Noto Sans JP Variable', 'Noto Sans JP', sans-serif";
const small = `400 12px ${family}`;
const bold = `700 12px ${family}`;
const tagged = `700 13px ${family}`;

let hatchOf: { ratio: number; pattern: CanvasPattern | null } | null = null;

/** hatch is the pattern of gaps: orange stripes at 45°. */
function hatch(c: CanvasRenderingContext2D, ratio: number): CanvasPattern | null {
  if (hatchOf?.ratio === ratio) return hatchOf.pattern;
  const size = Math.round(8 * ratio);
  const tile = new OffscreenCanvas(size, size);
  const t = tile.getContext('2d')!;
  t.fillStyle = ink.base;
  t.fillRect(0, 0, size, size);
  t.strokeStyle = ink.gap;
  t.lineWidth = size * 0.36;
  for (const d of [-size, 0, size]) {
    t.beginPath();
    t.moveTo(d - 2, size + 2);
    t.lineTo(d + size + 2, -2);
    t.stroke();
  }
  const pattern = c.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  hatchOf = { ratio, pattern };
  return pattern;
}

export function draw(c: CanvasRenderingContext2D, g: Geometry, s: Scene, ratio: number) {
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, s.detail.width, g.height);
  c.textBaseline = 'alphabetic';
  drawFlags(c, s);
  drawTicks(c, g, s);
  c.save();
  c.beginPath();
  c.rect(0, g.head, s.detail.width, g.rows.shown);
  c.clip();
  s.lanes.forEach((lane, i) => drawRow(c, g, s, lane, g.head + i * g.rows.h - s.scroll, ratio));
  c.restore();
  drawNow(c, s.detail, s.now, g.head, g.rows.shown);
  drawOverview(c, g, s, ratio);
  if (s.hover !== null) drawHover(c, g, s, s.hover);
  if (s.at !== null) drawPlayhead(c, g, s, s.at);
}

/** flagsOf are the flags of a scene, as drawn and as clicked. */
export function flagsOf(c: CanvasRenderingContext2D, detail: Scale, marks: readonly Mark[]): Flag[] {
  c.font = small;
  return flags(detail, marks, (text) => c.measureText(text).width);
}

/** flagLine is the height within which a flag is hit. */
export const flagLine = 20;

function drawFlags(c: CanvasRenderingContext2D, s: Scene) {
  for (const f of flagsOf(c, s.detail, s.marks)) {
    const x = Math.round(f.x);
    c.strokeStyle = c.fillStyle = ink.mark;
    c.lineWidth = 1.4;
    c.beginPath();
    c.moveTo(x + 0.5, 17);
    c.lineTo(x + 0.5, 4.5);
    c.lineTo(x + 9, 4.5);
    c.lineTo(x + 6.5, 8);
    c.lineTo(x + 9, 11.5);
    c.lineTo(x + 0.5, 11.5);
    c.stroke();
    if (f.text) c.fillText(f.text, x + flagText, 14.5);
  }
}

const flagText = 14;

function drawTicks(c: CanvasRenderingContext2D, g: Geometry, s: Scene) {
  const y = g.head;
  const tags = [s.at === null ? NaN : toX(s.detail, s.at), s.hover ?? NaN].filter((x) => x >= 0 && x <= s.detail.width)
    .map((x) => tagBox(c, s, x, timeOf(s.detail.view, toAt(s.detail, x))));
  for (const t of ticks(s.detail, 84)) {
    const x = Math.round(toX(s.detail, t.at)) + 0.5;
    const text = tickText(t, s);
    c.font = t.major ? bold : small;
    const w = c.measureText(text).width;
    if (x + 6 + w > s.detail.width || tags.some((f) => x + w + 9 > f.x && x - 3 < f.x + f.w)) continue;
    line(c, x, y - 16, y - 2, t.major ? '#949494' : ink.tick);
    c.fillStyle = t.major ? ink.text : ink.dim;
    c.fillText(text, x + 5, y - 4);
  }
}

function tickText(t: Tick, s: Scene): string {
  switch (t.label) {
    case 'day':
      return s.words.day(t.at);
    case 'minute':
      return minutes(t.at);
    case 'second':
      return clock(t.at);
    case 'fraction':
      return `${clock(t.at)}.${thousandths(t.at).slice(0, 1)}`;
  }
}

function drawRow(c: CanvasRenderingContext2D, g: Geometry, s: Scene, lane: Lane, y: number, ratio: number) {
  const { h, pad, strip, bar } = g.rows;
  if (y + h < g.head || y > g.head + g.rows.shown) return;
  if (lane.current && s.lanes.length > 1) {
    c.fillStyle = ink.row;
    c.fillRect(0, y, s.detail.width, h);
  }
  c.fillStyle = ink.rule;
  c.fillRect(0, y, s.detail.width, 1);
  c.fillStyle = ink.active;
  for (const a of lane.activity) drawActivity(c, s.detail, a, y + pad, strip);
  drawRecord(c, s.detail, lane.record, { y: y + pad + strip, h: bar }, ratio);
  if (lane.record) drawGapLabels(c, s, lane.record, y + pad + strip - 3);
  for (const held of lane.held) drawHeld(c, s, held, y, h);
}

/** drawHeld frames what is kept from being erased, with its case where there is room. */
function drawHeld(c: CanvasRenderingContext2D, s: Scene, held: Stretch, y: number, h: number) {
  const a = toX(s.detail, held.from);
  const b = Math.max(a + 3, toX(s.detail, held.to));
  if (b < 0 || a > s.detail.width) return;
  c.fillStyle = ink.heldBack;
  c.fillRect(a, y + 1, b - a, h - 2);
  c.fillStyle = ink.held;
  c.fillRect(a, y + 1, b - a, 3);
  c.fillRect(a, y + h - 2, b - a, 1);
  c.fillRect(a, y + 1, 1, h - 2);
  c.fillRect(b - 1, y + 1, 1, h - 2);
  c.font = small;
  const text = s.words.held(held.label);
  const w = c.measureText(text).width + 10;
  const right = Math.min(b, s.detail.width);
  if (w > right - Math.max(a, 0) || h < 22) return;
  c.fillStyle = ink.heldTag;
  c.fillRect(right - w, y + 1, w, 15);
  c.fillStyle = ink.heldText;
  c.fillText(text, right - w + 5, y + 12.5);
}

function drawActivity(c: CanvasRenderingContext2D, scale: Scale, a: Strip, y: number, h: number) {
  const w = (a.step / length(scale.view)) * scale.width;
  const first = Math.max(0, Math.floor((scale.view.from - a.from) / a.step));
  const last = Math.min(a.values.length, Math.ceil((scale.view.to - a.from) / a.step));
  for (let i = first; i < last; i++) {
    const v = a.values[i]!;
    if (v <= 0) continue;
    const height = Math.max(1, (v / 1000) * h);
    c.fillRect(toX(scale, a.from + i * a.step), y + h - height, Math.max(1, w - 0.6), height);
  }
}

function drawRecord(c: CanvasRenderingContext2D, scale: Scale, record: Recordings | null, at: { y: number; h: number }, ratio: number) {
  c.fillStyle = ink.lane;
  c.beginPath();
  c.roundRect(0, at.y, scale.width, at.h, 2);
  c.fill();
  if (!record) return;
  c.fillStyle = ink.record;
  for (const b of bars(scale, record.spans, 1, true)) c.fillRect(b.x, at.y, b.w, at.h);
  c.fillStyle = hatch(c, ratio) ?? ink.gap;
  for (const b of bars(scale, explained(record.gaps), 2, false)) c.fillRect(b.x, at.y, b.w, at.h);
}

function drawGapLabels(c: CanvasRenderingContext2D, s: Scene, record: Recordings, baseline: number) {
  c.font = small;
  const said = bars(s.detail, explained(record.gaps), 2, false).filter((b) => length(b.of) >= length(s.detail.view) / 400);
  c.textAlign = 'center';
  c.lineJoin = 'round';
  for (const l of labels(s.detail, said, s.words.gap, (text) => c.measureText(text).width)) {
    c.strokeStyle = ink.surface;
    c.lineWidth = 4;
    c.strokeText(l.text, l.x, baseline);
    c.fillStyle = ink.warn;
    c.fillText(l.text, l.x, baseline);
  }
  c.textAlign = 'left';
}

function drawOverview(c: CanvasRenderingContext2D, g: Geometry, s: Scene, ratio: number) {
  const { overview: o } = g;
  drawRecord(c, s.overview, s.kept, o, ratio);
  c.font = small;
  let free = 0;
  for (const t of ticks(s.overview, 64)) {
    const x = toX(s.overview, t.at);
    const text = monthDay(t.at);
    const w = c.measureText(text).width;
    if (x - w / 2 < free || x + w / 2 > s.overview.width - 48) continue;
    c.fillStyle = ink.dim;
    c.fillText(text, x - w / 2, o.labels);
    free = x + w / 2 + 8;
  }
  c.fillStyle = ink.held;
  for (const held of s.lanes.find((l) => l.current)?.held ?? []) {
    const a = toX(s.overview, held.from);
    c.fillRect(a, o.y, Math.max(3, toX(s.overview, held.to) - a), o.h);
  }
  for (const m of s.marks) {
    c.fillStyle = ink.mark;
    c.fillRect(Math.round(toX(s.overview, m.at)), o.y - 3, 2, 3);
  }
  drawNow(c, s.overview, s.now, o.y - 3, o.h + 6);
  c.fillStyle = ink.nowText;
  c.textAlign = 'right';
  c.fillText(s.words.now, s.overview.width, o.labels);
  c.textAlign = 'left';
  drawWindow(c, s, o);
}

/** drawWindow frames the stretch in view. */
function drawWindow(c: CanvasRenderingContext2D, s: Scene, o: Geometry['overview']) {
  const a = toX(s.overview, s.detail.view.from);
  const w = Math.max(14, toX(s.overview, s.detail.view.to) - a);
  const x = Math.min(s.overview.width - w - 1, Math.max(1, a));
  c.fillStyle = '#ffffff22';
  c.strokeStyle = '#fff';
  c.lineWidth = 2;
  c.beginPath();
  c.roundRect(x, o.y - 5, Math.min(w, s.overview.width - 2), o.h + 10, 3);
  c.fill();
  c.stroke();
}

function drawNow(c: CanvasRenderingContext2D, scale: Scale, now: Instant, y: number, h: number) {
  const x = Math.round(toX(scale, now));
  if (x < 0 || x > scale.width) return;
  c.fillStyle = ink.now;
  c.fillRect(Math.min(x, scale.width - 2), y, 2, h);
}

function drawHover(c: CanvasRenderingContext2D, g: Geometry, s: Scene, x: number) {
  line(c, Math.round(x) + 0.5, g.head - 16, g.head + g.rows.shown, ink.hover);
  tag(c, s, x, g, timeOf(s.detail.view, toAt(s.detail, x)), ink.base, ink.text);
}

function drawPlayhead(c: CanvasRenderingContext2D, g: Geometry, s: Scene, at: Instant) {
  const x = toX(s.detail, at);
  if (x < -1 || x > s.detail.width + 1) return;
  c.fillStyle = '#fff';
  c.fillRect(Math.min(s.detail.width - 2, Math.max(0, Math.round(x) - 1)), g.head - 4, 2, g.rows.shown + 6);
  tag(c, s, x, g, timeOf(s.detail.view, at), '#fff', '#000');
}

function timeOf(view: Span, at: Instant): string {
  return length(view) < MINUTE / 2 ? `${clock(at)}.${thousandths(at)}` : clock(at);
}

/** tagBox is where a tag over x lies. */
function tagBox(c: CanvasRenderingContext2D, s: Scene, x: number, text: string): { x: number; w: number } {
  c.font = tagged;
  const w = c.measureText(text).width + 12;
  return { x: Math.min(s.detail.width - w, Math.max(0, x - w / 2)), w };
}

/** tag is a time in a box, on the line of ticks. */
function tag(c: CanvasRenderingContext2D, s: Scene, x: number, g: Geometry, text: string, back: string, front: string) {
  const { x: a, w } = tagBox(c, s, x, text);
  const y = g.head - 20;
  c.fillStyle = back;
  c.beginPath();
  c.roundRect(a, y, w, 18, 4);
  c.fill();
  c.fillStyle = front;
  c.fillText(text, a + 6, y + 13.5);
}

function line(c: CanvasRenderingContext2D, x: number, y1: number, y2: number, colour: string) {
  c.strokeStyle = colour;
  c.lineWidth = 1;
  c.beginPath();
  c.moveTo(x, y1);
  c.lineTo(x, y2);
  c.stroke();
}
