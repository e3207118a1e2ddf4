import { useEffect, useRef, useState, type ReactNode } from 'react';
import { followCode } from '../api/forms.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { go, useQuery } from '../url.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Page } from '../ui/Page.tsx';
import { to } from './place.ts';

/** CodePage opens the record of a form: its code is read into the field, or came with the address; its number is typed. */
export function CodePage({ rail }: { rail: ReactNode }) {
  const t = useText();
  const w = t.forms.code;
  const { leave } = usePerson();
  const came = useQuery().get('code') ?? '';
  const [code, setCode] = useState(came);
  const [busy, setBusy] = useState(came !== '');
  const [error, setError] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const open = async (text: string, replace: boolean) => {
    setBusy(true);
    const res = await followCode(text);
    setBusy(false);
    if (res.ok) return go(to(res.value.kind, res.value.record ? { record: res.value.record } : { record: 'new', unit: res.value.unit }), replace);
    if (res.error.status === 401) return leave('ended');
    setError(res.error.status === 404 ? w.gone : res.error.status === 0 ? t.noAnswer : res.error.detail);
    field.current?.focus();
    field.current?.select();
  };
  const latest = useRef(open);
  useEffect(() => {
    if (came) void latest.current(came, true);
    else field.current?.focus();
  }, [came]);
  return (
    <Page title={w.page} lead={w.lead}>
      <div className="grid min-h-0 grow grid-cols-[216px_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[900px]:grid-cols-1">
        {rail}
        <Card title={w.title} className="self-start" body="flex flex-col gap-5 px-4 py-4">
          <form noValidate className="flex flex-col gap-4" onSubmit={(e) => (e.preventDefault(), setError(''), code.trim() && void open(code, false))}>
            <Field label={w.field} hint={w.hint} error={error} className="max-w-xl">{(wiring) => <Input {...wiring} ref={field} value={code} maxLength={200} autoComplete="off" spellCheck={false} onChange={(e) => setCode(e.target.value)} />}</Field>
            <div><Button type="submit" look="primary" disabled={busy}>{busy ? w.looking : w.go}</Button></div>
          </form>
          <section>
            <h3 className="mb-1.5 text-[15px]">{w.how}</h3>
            <ul className="list-disc pl-6 leading-[1.8] text-text-2">{w.list.map((x) => <li key={x}>{x}</li>)}</ul>
          </section>
        </Card>
      </div>
    </Page>
  );
}
