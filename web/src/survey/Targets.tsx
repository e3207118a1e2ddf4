import { useState } from 'react';
import type { OneSurvey, ReplyState, Target } from '../api/survey.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { follow } from '../url.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Input, Select } from '../ui/Field.tsx';
import { Nothing } from '../ui/Nothing.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { handedIn, replyStates, tones } from './answers.ts';
import { to } from './place.ts';

/** Targets are the offices that were asked, in 建制順. */
export function Targets({ survey, open }: { survey: OneSurvey; open: string }) {
  const t = useText();
  const w = t.survey;
  const [words, setWords] = useState('');
  const [state, setState] = useState<ReplyState | 'missing' | ''>('');
  const shown = survey.targets.filter((p) => p.name.includes(words.trim()) && (state === '' || (state === 'missing' ? !handedIn(p.state) : p.state === state)));
  const columns: Column<Target>[] = [
    { head: w.columns.name, names: true, className: 'max-w-0 w-full', cell: (p) => <a href={to({ survey: survey.name, target: p.id })} onClick={follow} aria-label={w.open(p.name)} className="block truncate text-accent after:absolute after:inset-0">{p.name}</a> },
    ...(open ? [] : [{ head: w.columns.category, className: 'w-40', cell: (p: Target) => p.category }]),
    { head: w.columns.state, className: 'w-28', cell: (p) => <Chip tone={tones[p.state]}>{w.replyStates[p.state]}</Chip> },
    { head: w.columns.changed, className: 'w-36', cell: (p) => (p.version > 0 ? t.date(parseInstant(p.changed)) : '－') },
  ];
  const tools = survey.targets.length > 12 && (
    <>
      <Input type="search" aria-label={w.search} placeholder={w.search} value={words} onChange={(e) => setWords(e.target.value)} className="w-36" />
      <Select aria-label={w.filter} value={state} onChange={(e) => setState(e.target.value as ReplyState)}>
        <option value="">{w.all}</option><option value="missing">{w.missing}</option>{replyStates.map((s) => <option key={s} value={s}>{w.replyStates[s]}</option>)}
      </Select>
    </>
  );
  return (
    <Card title={w.list} note={w.found(shown.length)} tools={tools} className="min-h-[280px]" body="grow overflow-auto flex flex-col">
      {shown.length > 0 ? <Table dense label={w.list} rows={shown} keyOf={(p) => p.id} selected={(p) => p.id === open} columns={columns} />
        : <Nothing icon="search" title={w.nothing} action={<Button onClick={() => (setWords(''), setState(''))}>{w.clear}</Button>} />}
    </Card>
  );
}
