import { printed, type Form } from '../api/forms.ts';
import type { Kind, Record, Search } from '../api/records.ts';
import { useText, type Text } from '../text/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { usePopover } from '../ui/popover.ts';

interface Entry { key: string; text: string; href: string }

/** FormsMenu opens the forms of a record, or of what a list shows, as PDFs in new tabs. */
export function FormsMenu({ kind, record, search }: { kind: Kind; record?: Record; search?: Partial<Search> }) {
  const t = useText();
  const { open, setOpen, root, onKeyDown } = usePopover<HTMLDivElement>();
  const entries = record ? ofRecord(kind, record, t) : ofList(kind, search ?? {}, t);
  if (entries.length === 0) return null;
  return (
    <div ref={root} className="relative" onKeyDown={onKeyDown}>
      <button type="button" aria-expanded={open} aria-label={t.forms.menuLabel} onClick={() => setOpen(!open)} className="inline-flex h-9 items-center gap-1.5 rounded-8 border border-line bg-raised px-3 whitespace-nowrap text-text hover:bg-soft tight:h-8"><Icon name="print" className="size-4" />{t.forms.menu}</button>
      {open && (
        <ul aria-label={t.forms.menuLabel} className={`absolute right-0 z-20 flex max-h-80 w-max max-w-96 flex-col overflow-auto rounded-8 border border-line bg-surface py-1 ${record ? 'bottom-full mb-1' : 'top-full mt-1'}`}>
          {entries.map((e) => <li key={e.key}><a href={e.href} target="_blank" rel="noopener" title={t.forms.opens} onClick={() => setOpen(false)} className="flex min-h-8 items-center px-3.5 py-1 hover:bg-soft">{e.text}</a></li>)}
        </ul>
      )}
    </div>
  );
}

const fits = (f: Form, r: Record) => f.of === 'one' && (f.states.length === 0 || f.states.includes(r.state));

const ofRecord = (kind: Kind, r: Record, t: Text): Entry[] => kind.forms.filter((f) => fits(f, r)).map((f) => ({ key: f.id, text: f.name[t.lang], href: printed(kind.id, f.id, { record: r.id }) }));

function ofList(kind: Kind, search: Partial<Search>, t: Text): Entry[] {
  const lists = kind.forms.filter((f) => f.of === 'list').map((f) => ({ key: f.id, text: f.name[t.lang], href: printed(kind.id, f.id, search) }));
  const each = kind.forms.filter((f) => f.of === 'one').map((f) => ({ key: f.id, text: t.forms.each(f.name[t.lang]), href: printed(kind.id, f.id, search) }));
  const blanks = kind.forms.filter((f) => f.of === 'unit').flatMap((f) => kind.units.map((u) => ({ key: `${f.id} ${u.id}`, text: t.forms.ofUnit(f.name[t.lang], u.name), href: printed(kind.id, f.id, { unit: u.id }) })));
  return [...lists, ...each, ...blanks];
}
