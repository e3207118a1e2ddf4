import { useState } from 'react';
import { records, type Field as Declared, type Name } from '../api/records.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { Input, type Wiring } from '../ui/Field.tsx';

interface Props {
  field: Declared; // of type person, unit or link
  value: string;
  set: (value: string) => void;
  wiring: Wiring;
}

/** Picker is the input of what a record names: it is searched by words of its name or number, and what is chosen is told below. */
export function Picker({ field: f, value, set, wiring }: Props) {
  const t = useText();
  const [chosen, setChosen] = useState<Name | null>(null);
  const { answer } = useAnswer(`names ${f.type} ${f.kind} ${value}`, (s) => records.names(f, value, s));
  const [last, setLast] = useState<readonly Name[]>([]);
  const names = answer.kind === 'ready' ? answer.value : last; // no flicker while it is searched
  if (answer.kind === 'ready' && answer.value !== last) setLast(answer.value);
  const is = names.find((n) => n.id === value) ?? (chosen?.id === value ? chosen : null);
  if (is && is !== chosen) setChosen(is);
  return (
    <>
      <Input {...wiring} list={`${wiring.id}-names`} value={value} onChange={(e) => set(e.target.value)} placeholder={t.records.form.find[f.type as 'person' | 'unit' | 'link']} autoComplete="off" />
      <datalist id={`${wiring.id}-names`}>{names.map((n) => <option key={n.id} value={n.id}>{[n.name, n.note].filter(Boolean).join('　')}</option>)}</datalist>
      {is && <p className="truncate text-[13px] leading-[1.4] text-text-2">{[is.name, is.note].filter(Boolean).join('　')}</p>}
    </>
  );
}
