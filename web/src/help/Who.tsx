import { useKnown, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Chip } from '../ui/Chip.tsx';

const widths = ['w-[15%]', 'w-[11%]', 'w-[15%]', 'w-[12%]', 'w-[7%]', 'w-[8%]', 'w-[10%]', 'w-[11%]', 'w-[11%]'];

/** Who is the table of posts in words, with one's own in colour, and what that means for oneself. */
export function Who() {
  const t = useText();
  const w = t.help.who;
  const { session } = usePerson();
  const mine = new Set(session.appointments.map((a) => a.post));
  const cell = 'border-b border-soft px-2.5 py-2 text-left leading-[1.45] align-middle';
  return (
    <>
      <p className="max-w-[52em] text-pretty">{w.lead}</p>
      <Yours />
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={w.table}>
        <table className="w-full min-w-[960px] table-fixed border-collapse text-[13px] print:min-w-0">
          <caption className="sr-only">{w.table}</caption>
          <thead>
            <tr>{[w.post, ...Object.values(w.columns)].map((name, i) => <th key={name} scope="col" className={`${widths[i]} border-b border-[#949494] bg-raised px-2.5 py-2 text-left align-bottom leading-[1.4] font-bold text-text-2`}>{name}</th>)}</tr>
          </thead>
          <tbody>
            {Object.entries(w.rows).map(([post, cells]) => (
              <tr key={post} className={mine.has(post) ? 'bg-accent-soft' : ''}>
                <th scope="row" className={`${cell} text-sm whitespace-nowrap`}>{w.posts[post] ?? post}{mine.has(post) && <Chip tone="key" className="ml-1.5 bg-surface! px-1.5!">{w.mine}</Chip>}</th>
                {cells.map((text, i) => <td key={i} className={`${cell} ${text ? '' : 'text-text-3'}`}>{text || <span aria-label={w.none}>－</span>}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="max-w-[52em] text-pretty">{w.main}</p>
      <p className="max-w-[52em] text-pretty">{w.two}</p>
    </>
  );
}

function Yours() {
  const t = useText();
  const w = t.help.who;
  const { session } = usePerson();
  const known = useKnown();
  const seen = known.filter((c) => c.actions.includes('live') || c.actions.includes('past')).length;
  const health = known.filter((c) => c.actions.includes('health')).length;
  return (
    <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1 rounded-8 bg-bg px-4 py-3">
      <h3 className="mt-0!">{w.yours}</h3>
      {session.appointments.length === 0 ? <p>{w.noPost}</p> : session.appointments.map((a) => <p key={`${a.post}${a.unit}`}>{a.unit_name} {t.posts[a.post] ?? a.title}<span className="ml-2 text-[13px] text-text-3">{w.since(t.calendar(parseInstant(a.from)))}</span></p>)}
      <p className="font-bold">{seen > 0 ? w.cameras(seen) : health > 0 ? w.healthOnly(health) : w.noCameras}</p>
    </div>
  );
}
