import { useState, type FormEvent } from 'react';
import { duty, type DutyUnit } from '../api/duty.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';

const most = { rounds: 31, moments: 20 };

/** NormDialog sets how often, and how much, a unit's heads shall look. */
export function NormDialog({ unit, close, done }: { unit: DutyUnit; close: () => void; done: () => void }) {
  const t = useText();
  const n = t.duty.norm;
  const [rounds, setRounds] = useState(String(unit.norm.rounds));
  const [moments, setMoments] = useState(String(unit.norm.moments));
  const [tried, setTried] = useState(false);
  const [failed, setFailed] = useState('');
  const bad = (text: string, max: number) => (/^\d+$/.test(text.normalize('NFKC')) && Number(text.normalize('NFKC')) >= 1 && Number(text.normalize('NFKC')) <= max ? null : n.bad(max));
  const save = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (bad(rounds, most.rounds) || bad(moments, most.moments)) return;
    const res = await duty.setNorm(unit.unit, { rounds: Number(rounds.normalize('NFKC')), moments: Number(moments.normalize('NFKC')) });
    if (res.ok) done();
    else setFailed(t.oops(res.error.detail));
  };
  return (
    <Dialog title={n.title(unit.unit_name)} close={close} closeLabel={t.ui.cancel} className="w-[520px]">
      <form onSubmit={(e) => void save(e)} noValidate className="flex flex-col gap-4">
        <p className="-mt-1 leading-[1.7] text-text-2">{n.body}</p>
        <Field label={n.rounds} need="required" hint={n.roundsHint} error={tried ? bad(rounds, most.rounds) : null}>{(w) => <Input {...w} inputMode="numeric" value={rounds} onChange={(e) => setRounds(e.target.value)} className="w-24" />}</Field>
        <Field label={n.moments} need="required" hint={n.momentsHint} error={tried ? bad(moments, most.moments) : null}>{(w) => <Input {...w} inputMode="numeric" value={moments} onChange={(e) => setMoments(e.target.value)} className="w-24" />}</Field>
        {failed && <Note tone="bad" alert>{failed}</Note>}
        <div className="flex gap-2"><Button type="submit" look="primary">{n.save}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}
