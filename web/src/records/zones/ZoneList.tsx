import { printed } from '../../api/forms.ts';
import type { Record } from '../../api/records.ts';
import { useText } from '../../text/index.ts';
import { follow } from '../../url.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { to } from '../place.ts';
import { Swatch } from './Looks.tsx';
import { text, type Zone } from './outline.ts';

/** ZoneFacts say what applies in the zone under the pointer, under the focus, or chosen. */
export function ZoneFacts({ zone, draw }: { zone: Zone | null; draw: (z: Zone) => void }) {
  const t = useText();
  const z = t.zones;
  if (!zone) return <p className="flex min-h-[17rem] flex-none items-center justify-center border-b border-soft px-6 text-center leading-[1.7] text-text-2">{z.choose}</p>;
  const fact = 'contents';
  return (
    <div aria-live="polite" className="flex min-h-[17rem] flex-none flex-col gap-3 border-b border-soft px-4 py-3 tight:px-3">
      <h2 className="flex items-center gap-2 text-base"><Swatch type={zone.type} id="facts" /><span className="truncate">{z.types[zone.type]}　{zone.room}</span></h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 leading-[1.55]">
        <div className={fact}><dt className="text-text-3">{z.facts.rule}</dt><dd className="font-bold">{z.rules[zone.type]}</dd></div>
        <div className={fact}><dt className="text-text-3">{z.facts.exceptions}</dt><dd>{zone.type === 'public' ? '－' : zone.exceptions.length === 0 ? z.noExceptions : <Exceptions list={zone.exceptions} />}</dd></div>
        <div className={fact}><dt className="text-text-3">{z.facts.unit}</dt><dd>{zone.record.unit_name}</dd></div>
        <div className={fact}><dt className="text-text-3">{z.facts.terminals}</dt><dd>{z.count(zone.terminals)}</dd></div>
      </dl>
      <div className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-2">
        {zone.writes && <Button size="small" look="outline" onClick={() => draw(zone)}><Icon name="edit" className="size-4" />{zone.plan ? z.redraw : z.draw}</Button>}
        <a href={to('zone', { record: zone.record.id })} onClick={follow} className="text-accent underline underline-offset-3 hover:no-underline">{z.openRecord}</a>
        <a href={printed('zone', 'poster', { record: zone.record.id })} target="_blank" rel="noopener" title={t.forms.opens} className="text-accent underline underline-offset-3 hover:no-underline">{z.poster}</a>
      </div>
    </div>
  );
}

/** Exceptions are whose devices may be used there, for what and until when. */
function Exceptions({ list }: { list: readonly Record[] }) {
  const z = useText().zones;
  const shown = list.slice(0, 3);
  return (
    <ul className="flex flex-col gap-0.5">
      {shown.map((r) => <li key={r.id} className="truncate"><a href={to('device-exception', { record: r.id })} onClick={follow} className="text-accent underline underline-offset-3 hover:no-underline">{Object.values(r.names)[0] ?? r.label}</a>　{z.until(text(r, 'until'))}</li>)}
      {list.length > shown.length && <li className="text-text-2">＋{list.length - shown.length}</li>}
    </ul>
  );
}

interface ListProps {
  here: readonly Zone[];
  undrawn: readonly Zone[];
  chosen: string;
  choose: (record: string) => void;
  look: (record: string) => void;
}

/** ZoneList is the same in words: those of this floor, and one's own that are on none. */
export function ZoneList({ here, undrawn, chosen, choose, look }: ListProps) {
  const z = useText().zones;
  const rows = (zones: readonly Zone[], name: string) => zones.length > 0 && (
    <section>
      <h3 className="px-4 pt-2 pb-1 text-[13px] text-text-3 tight:px-3">{name}</h3>
      <ul>
        {zones.map((x) => (
          <li key={x.record.id}>
            <button type="button" aria-pressed={x.record.id === chosen} onClick={() => choose(x.record.id)} onPointerEnter={() => look(x.record.id)} onPointerLeave={() => look('')}
              className="flex h-9 w-full items-center gap-2.5 px-4 text-left hover:bg-soft aria-pressed:bg-accent-soft aria-pressed:font-bold tight:h-8 tight:px-3">
              <Swatch type={x.type} id={`list-${x.record.id}`} /><span className="flex-none">{z.short[x.type]}</span><span className="truncate">{x.room}</span>{x.record.state === 'draft' && <span className="ml-auto text-[13px] text-text-3">{z.draft}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
  return (
    <div className="min-h-0 grow overflow-auto pb-2">
      {here.length === 0 && <p className="px-4 pt-3 leading-[1.7] text-text-2"><b className="block">{z.none}</b>{z.noneWhy}</p>}
      {rows(here, z.here)}
      {rows(undrawn, z.undrawn)}
    </div>
  );
}
