import { useState, type ReactNode } from 'react';
import { fileAddress, type Attached } from '../../api/files.ts';
import { useText } from '../../text/index.ts';
import { clock, parseInstant } from '../../time/instant.ts';
import { Icon } from '../../ui/Icon.tsx';
import { size } from './size.ts';

interface Props {
  files: readonly Attached[];
  of: { kind: string; record: string } | null; // null: no record's yet; they are not given out
  tool?: (f: Attached) => ReactNode; // beside each
  label: string;
}

/** FileList is files with what they hash to, who attached them and when. */
export function FileList({ files, of, tool, label }: Props) {
  return (
    <ul aria-label={label} className="flex min-w-0 flex-col rounded-8 border border-line">
      {files.map((f) => <FileLine key={f.id} file={f} of={of} tool={tool?.(f)} />)}
    </ul>
  );
}

function FileLine({ file: f, of, tool }: { file: Attached; of: Props['of']; tool: ReactNode }) {
  const t = useText();
  const w = t.files;
  const at = parseInstant(f.at);
  return (
    <li className="flex min-w-0 items-start gap-2.5 border-b border-soft px-3 py-2 last:border-b-0">
      <Icon name="clip" className="mt-1 size-4 flex-none text-text-3" />
      <div className="min-w-0 grow leading-[1.6]">
        <p className="flex min-w-0 items-baseline gap-2">
          {of ? <a href={fileAddress(of.kind, of.record, f.id)} download className="min-w-0 truncate text-accent underline underline-offset-3" title={f.name}>{f.name}</a> : <span className="min-w-0 truncate" title={f.name}>{f.name}</span>}
          <span className="flex-none text-[13px] whitespace-nowrap text-text-2 tabular-nums">{size(f.size)}</span>
        </p>
        <p className="text-[13px] text-text-2">{w.by(f.signed, `${t.date(at)} ${clock(at)}`)}</p>
        <Hash sum={f.sha256} name={f.name} scan={<span className={f.scan ? 'text-ok' : 'text-text-3'}>{f.scan ? w.scanned : w.unscanned}</span>} />
      </div>
      {tool}
    </li>
  );
}

/** Hash is the first of a hash; the whole of it on demand, to be compared or copied. */
function Hash({ sum, name, scan }: { sum: string; name: string; scan: ReactNode }) {
  const t = useText();
  const w = t.files;
  const [whole, setWhole] = useState(false);
  const [said, setSaid] = useState('');
  const copy = () => navigator.clipboard?.writeText(sum).then(() => setSaid(w.copied), () => setSaid(w.notCopied));
  return (
    <div className="flex flex-wrap items-center gap-x-3 text-[13px] text-text-3">
      <button type="button" aria-expanded={whole} onClick={() => setWhole(!whole)} className="flex items-center gap-1 rounded-6 hover:text-text">
        SHA-256 {!whole && <code className="tabular-nums">{sum.slice(0, 12)}…</code>}<span className="sr-only">{name}</span><Icon name="chevron" className={`size-3 ${whole ? 'rotate-90' : ''}`} />
      </button>
      {scan}
      {whole && (
        <>
          <code className="basis-full break-all text-text-2">{sum}</code>
          {'clipboard' in navigator && <button type="button" onClick={() => void copy()} className="text-accent underline underline-offset-3">{w.copy}</button>}
          <span role="status">{said}</span>
        </>
      )}
    </div>
  );
}
