import { useState } from 'react';
import { api } from '../api/client.ts';
import type { SessionInfo } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';

interface Props {
  purposes: readonly string[]; // to choose from
  suggested?: string | undefined; // the one that fits, chosen with Enter
  session: SessionInfo;
  chosen: (s: SessionInfo) => void;
  close: () => void;
}

/** PurposeDialog asks once for the purpose: one click, or its number, and one goes on. The number of a case may go with it. */
export function PurposeDialog({ purposes, suggested, session, chosen, close }: Props) {
  const t = useText();
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');
  const [caseNumber, setCase] = useState(session.case);
  const choose = async (purpose: string) => {
    if (state === 'busy') return;
    setState('busy');
    const res = await api.setPurpose(purpose, caseNumber.trim());
    if (res.ok) chosen(res.value);
    else setState('failed');
  };
  return (
    <Dialog title={t.purpose.ask} close={close} closeLabel={t.purpose.cancel} className="w-[640px]">
      <p className="-mt-2 leading-[1.7] text-text-2">{t.purpose.body}</p>
      <div className="grid grid-cols-2 gap-2" onKeyDown={(e) => {
        const p = purposes[Number(e.key) - 1];
        if (p) void choose(p);
      }}>
        {purposes.map((p, i) => (
          <button key={p} type="button" disabled={state === 'busy'} data-purpose={p} onClick={() => void choose(p)} aria-current={(session.purpose || suggested) === p || undefined}
            className="flex min-h-14 items-center gap-3 rounded-8 border border-line bg-raised px-3.5 py-2 text-left hover:border-accent hover:bg-accent-soft aria-[current]:border-accent">
            <Kbd>{String(i + 1)}</Kbd>
            <span className="min-w-0"><b className="block text-[15px] leading-[1.4]">{t.purpose.names[p] ?? p}</b><span className="text-[13px] text-text-3">{t.purpose.notes[p]}</span></span>
          </button>
        ))}
      </div>
      <Field label={t.purpose.case} need="optional" hint={t.purpose.caseHint}>
        {(wiring) => <Input {...wiring} value={caseNumber} readOnly={state === 'busy'} maxLength={64} autoComplete="off" onChange={(e) => setCase(e.target.value)} className="w-60" onKeyDown={(e) => {
          if (e.key === 'Enter' && !e.nativeEvent.isComposing && purposes.includes(session.purpose)) void choose(session.purpose);
        }} />}
      </Field>
      <p className="flex min-h-[1.6em] items-center gap-2 text-[13px] leading-[1.6] text-text-3">
        {state === 'failed' ? <span role="alert" className="text-bad">＊{t.purpose.failed}</span> : <><Icon name="shield" className="size-4" />{t.purpose.never}</>}
      </p>
    </Dialog>
  );
}
