import { useState } from 'react';
import { oplog, type Overview } from '../api/oplog.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Segment } from '../ui/Segment.tsx';
import { useToast } from '../ui/Toast.tsx';
import { go } from '../url.ts';
import { Counts } from './Counts.tsx';
import { Hints } from './Hints.tsx';
import { Imports } from './Imports.tsx';
import { to, usePlace, type Part } from './place.ts';
import { Reports } from './Reports.tsx';
import { Tiles } from './Tiles.tsx';

/** OplogPage is what the logs of the resident system say: hints, counts, and how the logs come in. */
export default function OplogPage() {
  const t = useText();
  const w = t.oplog;
  const [place] = usePlace();
  const [toast, say] = useToast();
  const { answer, again } = useAnswer('operation logs', oplog.overview);
  const [turn, setTurn] = useState(0);
  const told = (text: string) => {
    say(text);
    setTurn((n) => n + 1);
  };
  const value = answer.kind === 'ready' ? answer.value : null;
  const parts: readonly Part[] = ['hints', 'counts', ...(value?.all ? ['reports' as const] : []), ...(value?.imports ? ['imports' as const] : [])];
  const part = value && !parts.includes(place.part) ? 'hints' : place.part;
  return (
    <Page title={w.title} lead={<span className="flex items-center gap-1.5"><Icon name="info" className="size-4 flex-none text-accent" />{w.never}</span>}
      tools={value && <Segment<Part> label={w.parts.label} value={part} choose={(p) => go(to({ part: p }))} choices={parts.map((p) => ({ value: p, text: w.parts[p] }))} />}>
      {answer.kind === 'loading' && <Card title={w.parts[place.part]} className="grow"><Bones rows={9} /></Card>}
      {answer.kind === 'failed' && <Card title={w.parts[place.part]} className="grow" body="flex grow"><Failed error={answer.error} retry={again} /></Card>}
      {value && value.months.length > 0 && part !== 'counts' && part !== 'reports' && <Tiles turn={turn} />}
      {value && (part === 'imports' ? <Imports overview={value} changed={again} say={told} />
        : value.months.length === 0 ? <Empty overview={value} />
          : part === 'counts' ? <Counts overview={value} /> : part === 'reports' ? <Reports overview={value} /> : <Hints overview={value} say={told} />)}
      {toast}
    </Page>
  );
}

/** Empty stands where no log was imported. */
function Empty({ overview }: { overview: Overview }) {
  const t = useText();
  const w = t.oplog;
  return (
    <Card title={w.page} className="grow" body="flex grow flex-col">
      <Nothing icon="list" title={w.empty.title} action={overview.imports && <Button look="primary" onClick={() => go(to({ part: 'imports' }))}>{w.empty.go}</Button>}>{overview.imports ? w.empty.imports : w.empty.others}</Nothing>
    </Card>
  );
}
