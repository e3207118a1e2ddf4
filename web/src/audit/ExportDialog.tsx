import { useState } from 'react';
import { audit, type Filter } from '../api/audit.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Segment } from '../ui/Segment.tsx';

/** ExportDialog says what an export has in it and how it is verified, and saves it. */
export function ExportDialog({ filter, close, done }: { filter: Filter; close: () => void; done: () => void }) {
  const t = useText();
  const x = t.audit.export;
  const [format, setFormat] = useState<'csv' | 'json'>('csv');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const save = async () => {
    setBusy(true);
    const res = await audit.save(filter, format);
    if (res.ok) return done();
    setBusy(false);
    setError(res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
  };
  return (
    <Dialog title={x.title} close={close} closeLabel={t.ui.close} className="w-[620px]">
      <p className="leading-[1.7]">{x.lead}</p>
      <ul className="flex list-disc flex-col gap-1 pl-6 leading-[1.6] text-text-2">{x.contents.map((c) => <li key={c}>{c}</li>)}</ul>
      <div className="flex items-center gap-3"><span className="font-bold">{x.format}</span><Segment label={x.format} value={format} choose={setFormat} choices={[{ value: 'csv', text: x.csv }, { value: 'json', text: x.json }]} /></div>
      <section className="rounded-8 bg-bg px-4 py-3">
        <h3 className="text-[15px]">{x.verify}</h3>
        <code className="mt-1.5 block font-mono text-[13px] leading-[1.7] break-all">openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig<br />sha256sum -c SHA256SUMS</code>
        <p className="mt-1.5 text-[13px] leading-[1.6] text-text-2">{x.key}</p>
      </section>
      {error && <Note tone="bad" alert>{error}</Note>}
      <div className="flex gap-2"><Button look="primary" disabled={busy} onClick={() => void save()}><Icon name="download" className="size-4" />{busy ? x.busy : x.save}</Button><Button onClick={close}>{t.ui.cancel}</Button></div>
    </Dialog>
  );
}
