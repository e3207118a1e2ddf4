import { regulations, type Governed } from '../api/proofs.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Note } from '../ui/Note.tsx';

const tones: Record<Governed['state'], [Tone, IconName]> = { agrees: ['ok', 'check'], differs: ['bad', 'warn'], unknown: ['plain', 'help'] };

/** Settings are what the articles of a regulation govern, beside what is set now; and 新旧対照表. */
export function Settings({ id }: { id: string }) {
  const t = useText();
  const w = t.proofs.settings;
  const { answer, again } = useAnswer(`settings of ${id}`, (s) => regulations.settings(id, s));
  return (
    <section aria-label={w.title}>
      <div className="mb-2 flex items-center gap-3 border-b border-soft pb-1">
        <h3 className="text-[15px]">{w.title}</h3>
        <span className="ml-auto flex gap-3 text-[13px]">
          <a className="inline-flex min-h-6 items-center gap-1 text-accent underline underline-offset-3" href={regulations.comparison(id, 'html')} target="_blank" rel="noreferrer"><Icon name="print" className="size-4" />{w.comparison}</a>
          <a className="inline-flex min-h-6 items-center gap-1 text-accent underline underline-offset-3" href={regulations.comparison(id, 'pdf')} download aria-label={`${w.comparison} PDF`}><Icon name="download" className="size-4" />PDF</a>
        </span>
      </div>
      {answer.kind === 'loading' && <Bones rows={2} />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {answer.kind === 'ready' && <Rows settings={answer.value.settings} />}
    </section>
  );
}

function Rows({ settings }: { settings: readonly Governed[] }) {
  const t = useText();
  const w = t.proofs.settings;
  if (settings.length === 0) return <p className="text-text-2">{w.none}</p>;
  return (
    <div className="flex flex-col gap-2">
      {settings.some((s) => s.state === 'differs') && <Note tone="bad"><b>{w.differs}</b><p className="text-[13px] text-text-2">{w.differsWhy}</p></Note>}
      <table className="w-full border-collapse text-left leading-[1.6]">
        <caption className="sr-only">{w.title}</caption>
        <thead><tr className="border-b border-line text-[13px] text-text-2">{[w.article, w.setting, w.says, w.present, w.state].map((h) => <th key={h} scope="col" className="py-1 pr-3 font-bold whitespace-nowrap">{h}</th>)}</tr></thead>
        <tbody>
          {settings.map((s) => {
            const [tone, icon] = tones[s.state];
            return (
              <tr key={s.article} className="border-b border-soft align-top">
                <th scope="row" className="py-1.5 pr-3 font-normal whitespace-nowrap">{s.article}</th>
                <td className="py-1.5 pr-3">{w.names[s.setting as keyof typeof w.names] ?? s.setting}</td>
                <td className="py-1.5 pr-3 whitespace-nowrap">{s.says || '－'}</td>
                <td className="py-1.5 pr-3">{s.present.length === 0 ? w.unset : s.present.join(t.lang === 'ja' ? '、' : ', ')}</td>
                <td className="py-1.5"><Chip tone={tone} icon={icon}>{w.states[s.state]}</Chip></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
