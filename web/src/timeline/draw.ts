import type { Gap, Recordings } from '../api/types.ts';
import { MINUTE, monthDay, clock, minutes, thousandths, type Instant, type Span } from '../time/instant.ts';
import { bars, explained, labels, length, ticks, toAt, toX, type Scale, type Tick } from './model.ts';

/** Geometry is where the parts of the canvas lie, px from its top. */
export interface Geometry {
  height: number;
  ticks: { y: number; h: number };
  gaps: number; // baseline of the gaps' labels
  lane: { y: number; h: number };
  overview: { y: number; h: number; labels: number };
}

/** Scene is everything a drawing shows. */
export interface Scene {
  detail: Scale;
  overview: Scale;
  record: Recordings | null;
  at: Instant | null; // where the playhead stands
  now: Instant;
  hover: number | null; // px
  words: { now: string; gap: (g: Gap) => string; day: (at: Instant) => string };
}

const ink = { lane: '#23282f', record: '#4a63a8', gap: '#c96a2c', base: '#1b1f25', tick: '#353d47', text: '#f2f2f2', dim: '#a0a6ad', warn: '#ffa66d', now: '#51b883', nowText: '#71c598', hover: '#ffffff80' };
const family = "'Noto Sans JP Variable', 'Noto Sans JP', sans-serif";
const small = `400 12px ${family}`;
const bold = `700 12px ${family}`;
const flag = `700 13px ${family}`;

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
  drawTicks(c, g, s);
  drawLane(c, s.detail, s.record, g.lane, ratio);
  if (s.record) drawGapLabels(c, g, s, s.record);
  drawOverview(c, g, s, ratio);
  drawNow(c, s.detail, s.now, g.lane.y - 4, g.lane.h + 8);
  if (s.hover !== null) drawHover(c, g, s, s.hover);
  if (s.at !== null) drawPlayhead(c, g, s, s.at);
}

function drawTicks(c: CanvasRenderingContext2D, g: Geometry, s: Scene) {
  const y = g.ticks.y + g.ticks.h;
  const flags = [s.at === null ? NaN : toX(s.detail, s.at), s.hover ?? NaN].filter((x) => x >= 0 && x <= s.detail.width)
    .map((x) => flagBox(c, s, x, timeOf(s.detail.view, toAt(s.detail, x))));
  for (const t of ticks(s.detail, 84)) {
    const x = Math.round(toX(s.detail, t.at)) + 0.5;
    const text = tickText(t, s);
    c.font = t.major ? bold : small;
    const w = c.measureText(text).width;
    if (x + 6 + w > s.detail.width || flags.some((f) => x + w + 9 > f.x && x - 3 < f.x + f.w)) continue;
    line(c, x, y - 14, y, t.major ? '#949494' : ink.tick);
    c.fillStyle = t.major ? ink.text : ink.dim;
    c.fillText(text, x + 5, y - 2);
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

function drawLane(c: CanvasRenderingContext2D, scale: Scale, record: Recordings | null, at: { y: number; h: number }, ratio: number) {
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

function drawGapLabels(c: CanvasRenderingContext2D, g: Geometry, s: Scene, record: Recordings) {
  c.font = small;
  const said = bars(s.detail, explained(record.gaps), 2, false).filter((b) => length(b.of) >= length(s.detail.view) / 400);
  for (const l of labels(s.detail, said, s.words.gap, (text) => c.measureText(text).width)) {
    c.fillStyle = ink.warn;
    c.textAlign = 'center';
    c.fillText(l.text, l.x, g.gaps);
    c.textAlign = 'left';
  }
}

function drawOverview(c: CanvasRenderingContext2D, g: Geometry, s: Scene, ratio: number) {
  const { overview: o } = g;
  drawLane(c, s.overview, s.record, o, ratio);
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
  drawNow(c, s.overview, s.now, o.y - 3, o.h + 6);
  c.fillStyle = ink.nowText;
  c.textAlign = 'right';
  c.fillText(s.words.now, s.overview.width, o.labels);
  c.textAlign = 'left';
  const a = toX(s.overview, s.detail.view.from);
  const w = Math.max(10, toX(s.overview, s.detail.view.to) - a);
  const x = Math.min(s.overview.width - w - 1, Math.max(1, a));
  c.fillStyle = '#ffffff22';
  c.strokeStyle = '#fff';
  c.lineWidth = 2;
  c.beginPath();
  c.roundRect(x, o.y - 4, Math.min(w, s.overview.width - 2), o.h + 8, 3);
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
  line(c, Math.round(x) + 0.5, g.ticks.y + g.ticks.h - 16, g.lane.y + g.lane.h + 2, ink.hover);
  const at = toAt(s.detail, x);
  tag(c, s, x, g, timeOf(s.detail.view, at), ink.base, ink.text);
}

function drawPlayhead(c: CanvasRenderingContext2D, g: Geometry, s: Scene, at: Instant) {
  const x = toX(s.detail, at);
  if (x < -1 || x > s.detail.width + 1) return;
  c.fillStyle = '#fff';
  c.fillRect(Math.min(s.detail.width - 2, Math.max(0, Math.round(x) - 1)), g.ticks.y + g.ticks.h - 4, 2, g.lane.y + g.lane.h + 4 - g.ticks.y - g.ticks.h + 4);
  tag(c, s, x, g, timeOf(s.detail.view, at), '#fff', '#000');
}

function timeOf(view: Span, at: Instant): string {
  return length(view) < MINUTE / 2 ? `${clock(at)}.${thousandths(at)}` : clock(at);
}

/** flagBox is where a flag over x lies. */
function flagBox(c: CanvasRenderingContext2D, s: Scene, x: number, text: string): { x: number; w: number } {
  c.font = flag;
  const w = c.measureText(text).width + 12;
  return { x: Math.min(s.detail.width - w, Math.max(0, x - w / 2)), w };
}

/** tag is a small flag with a time, on the line of ticks. */
function tag(c: CanvasRenderingContext2D, s: Scene, x: number, g: Geometry, text: string, back: string, front: string) {
  const { x: a, w } = flagBox(c, s, x, text);
  const y = g.ticks.y + g.ticks.h - 18;
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

