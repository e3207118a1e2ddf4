import type { Round } from '../api/duty.ts';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import { resultOf, whyLooks } from './why.ts';

const marks = { '': 'border-[#949494] text-text-2', fine: 'border-transparent bg-ok-bg text-ok', attention: 'border-transparent bg-warn-bg text-warn' };

/** Moments are the stations of a round: where one is, what was found, and what is still to come. */
export function Moments({ round, n, turn }: { round: Round; n: number; turn: (n: number) => void }) {
  const t = useText();
  const cameraOf = useCameraOf();
  const done = round.moments.filter((m) => m.result !== '').length;
  return (
    <nav aria-label={t.duty.round.steps} className="flex w-72 flex-none flex-col border-r border-line bg-surface tight:w-[236px] max-[899px]:hidden">
      <div className="flex-none border-b border-soft px-4 py-3 tight:px-3 tight:py-2">
        <h2 className="truncate text-base tight:text-[15px]" title={round.unit_name}>{round.unit_name}</h2>
        <div aria-hidden="true" className="mt-2 flex gap-1">{round.moments.map((m) => <i key={m.n} className={`h-1.5 flex-1 rounded-4 ${m.result === 'fine' ? 'bg-ok' : m.result === 'attention' ? 'bg-warn' : 'bg-soft'}`} />)}</div>
        <p className="mt-1.5 text-[13px] text-text-3">{t.duty.round.progress(done, round.moments.length)}</p>
      </div>
      <ol className="min-h-0 grow overflow-auto">
        {round.moments.map((m) => {
          const camera = cameraOf(m.camera);
          const at = parseInstant(m.at);
          return (
            <li key={m.n}>
              <button type="button" aria-current={m.n === n ? 'step' : undefined} onClick={() => turn(m.n)} onMouseDown={(e) => e.preventDefault()}
                className="flex w-full items-center gap-3 border-b border-soft px-4 py-2.5 text-left hover:bg-soft focus-inside aria-[current]:bg-accent-soft aria-[current]:shadow-[inset_4px_0_0_var(--accent)] tight:gap-2 tight:px-3 tight:py-2">
                <span className={`grid size-7 flex-none place-items-center rounded-full border font-bold tight:size-6 ${marks[m.result]}`}>
                  <span aria-hidden="true">{m.result === 'fine' ? <Icon name="check" className="size-4" /> : m.result === 'attention' ? <Icon name="warn" className="size-4" /> : m.n}</span>
                  <span className="sr-only">{t.duty.round.step(m.n, resultOf(t, m))}</span>
                </span>
                <span className="min-w-0 grow leading-[1.45]">
                  <b className="block truncate" title={camera?.name}>{camera?.name ?? m.camera}</b>
                  <span className="flex items-center gap-1.5 text-xs text-text-3"><Icon name={whyLooks[m.why].icon} className="size-3.5" />{t.day(at)} {clock(at)}</span>
                </span>
                {m.report && <Icon name="send" className="size-4 text-text-3" />}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
