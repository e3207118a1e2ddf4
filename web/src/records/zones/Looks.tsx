import { useText } from '../../text/index.ts';
import { zoneTypes, type ZoneType } from './outline.ts';

/** ink are the colours of each kind of zone; its hatch and its words say the same. */
export const ink: { [t in ZoneType]: { fill: string; stroke: string; text: string } } = {
  public: { fill: 'fill-ok-bg', stroke: 'stroke-ok', text: 'fill-ok' },
  business: { fill: 'fill-accent-soft', stroke: 'stroke-accent', text: 'fill-accent' },
  secure: { fill: 'fill-bad-bg', stroke: 'stroke-bad', text: 'fill-bad' },
};

/** Hatches are the patterns of zones: dots, strokes, crossed strokes. Their size is that of the screen, px is one pixel of it. */
export function Hatches({ id, px }: { id: string; px: number }) {
  const step = 10 * px;
  const tile = { width: step, height: step, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' } as const;
  const stroke = { strokeWidth: px, opacity: 0.6 };
  return (
    <defs>
      <pattern id={`${id}-public`} {...tile}><circle cx={step / 2} cy={step / 2} r={1.1 * px} className={ink.public.text} /></pattern>
      <pattern id={`${id}-business`} {...tile}><path d={`M0 0V${step}`} className={ink.business.stroke} {...stroke} /></pattern>
      <pattern id={`${id}-secure`} {...tile}><path d={`M0 0V${step}M0 0H${step}`} className={ink.secure.stroke} {...stroke} /></pattern>
    </defs>
  );
}

/** Swatch is a piece of a zone for legends and lists. */
export function Swatch({ type, id }: { type: ZoneType; id: string }) {
  return (
    <svg viewBox="0 0 28 16" aria-hidden="true" className="h-4 w-7 flex-none">
      <Hatches id={id} px={0.8} />
      <rect x=".5" y=".5" width="27" height="15" className={`${ink[type].fill} ${ink[type].stroke}`} /><rect x=".5" y=".5" width="27" height="15" fill={`url(#${id}-${type})`} />
    </svg>
  );
}

/** ZoneLegend says what colours, hatches and marks mean. */
export function ZoneLegend({ cameras }: { cameras: boolean }) {
  const t = useText();
  const z = t.zones;
  return (
    <ul aria-label={z.legend} className="flex flex-wrap items-center gap-x-5 gap-y-1 text-[13px] whitespace-nowrap text-text-2">
      {zoneTypes.map((type) => <li key={type} className="flex items-center gap-1.5"><Swatch type={type} id={`legend-${type}`} />{z.types[type]}</li>)}
      <li className="flex items-center gap-1.5"><svg viewBox="0 0 12 12" aria-hidden="true" className="size-3"><path d="M1 2h10v6H1zM4 10.500h4" className="fill-surface stroke-text-2" strokeWidth="1.200" /></svg>{z.terminals}</li>
      {cameras && <li className="flex items-center gap-1.5"><svg viewBox="0 0 12 12" aria-hidden="true" className="size-3"><circle cx="6" cy="6" r="4" className="fill-text-2" /></svg>{z.camera}</li>}
    </ul>
  );
}
