import { useState } from 'react';
import { surveys, type OneSurvey, type Surveys } from '../api/survey.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Select } from '../ui/Field.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Segment } from '../ui/Segment.tsx';
import { useToast } from '../ui/Toast.tsx';
import { CreateDialog } from './CreateDialog.tsx';
import { MainAnswers } from './MainAnswers.tsx';
import { usePlace, type Part } from './place.ts';
import { ReplySheet } from './ReplySheet.tsx';
import { ReportPart } from './ReportPart.tsx';
import { Summary } from './Summary.tsx';
import { Targets } from './Targets.tsx';

/** SurveyPage is the surveys: for units their reply, for the centre who answered, the main answers and the report. */
export default function SurveyPage() {
  const t = useText();
  const w = t.survey;
  const { answer, again } = useAnswer('surveys', surveys.list);
  const [place, change] = usePlace();
  const [making, setMaking] = useState(false);
  const [toast, say] = useToast();
  if (answer.kind !== 'ready') return <Page title={w.page}><Card title={w.which}>{answer.kind === 'loading' ? <Bones rows={8} /> : <Failed error={answer.error} retry={again} />}</Card></Page>;
  const all = answer.value;
  const now = all.surveys.find((s) => s.name === place.survey) ?? all.surveys[0];
  const add = all.keeps && <Button look={now ? 'outline' : 'primary'} onClick={() => setMaking(true)}>{w.create.button}</Button>;
  const dialog = making && <CreateDialog close={() => setMaking(false)} done={(name) => (setMaking(false), say(w.create.done), again(), change({ survey: name, target: '', part: 'replies' }))} />;
  if (!now) {
    return (
      <Page title={w.page} lead={all.keeps ? w.lead : w.ownLead} tools={add}>
        <Card title={w.which} className="grow" body="grow flex flex-col"><Nothing icon="list" title={all.keeps ? w.noneKeep : w.none}>{all.keeps ? w.noneKeepWhy : w.noneWhy}</Nothing></Card>
        {dialog}{toast}
      </Page>
    );
  }
  return <>{<One key={now.name} name={now.name} all={all} add={add} say={say} changed={again} />}{dialog}{toast}</>;
}

interface Props {
  name: string;
  all: Surveys;
  add: React.ReactNode;
  say: (text: string) => void;
  changed: () => void;
}

/** One is one survey. */
function One({ name, all, add, say, changed }: Props) {
  const t = useText();
  const w = t.survey;
  const [place, change] = usePlace();
  const { answer, again } = useAnswer(`survey ${name}`, (signal) => surveys.one(name, signal));
  const part = all.reads ? place.part : 'replies';
  const told = (text: string) => (say(text), again(), changed());
  const state = all.surveys.find((s) => s.name === name)!.state;
  const [editing, setEditing] = useState(false);
  const parts: readonly Part[] = ['replies', 'answers', 'report'];
  const tools = (
    <>
      {all.surveys.length > 1 && <Select aria-label={w.which} value={name} onChange={(e) => change({ survey: e.target.value, target: '' })} className="max-w-56">{all.surveys.map((s) => <option key={s.name} value={s.name}>{`${s.name}　${w.states[s.state]}`}</option>)}</Select>}
      {all.reads && <Segment<Part> label={w.parts.label} value={part} choose={(v) => change({ part: v, target: '' })} choices={parts.map((v) => ({ value: v, text: w.parts[v] }))} />}
      {all.keeps && state === 'preparing' && <Button look="outline" onClick={() => setEditing(true)}>{w.create.edit}</Button>}
      {add}
    </>
  );
  return (
    <Page title={w.page} lead={<><Chip tone={state === 'asking' ? 'key' : state === 'final' ? 'ok' : 'plain'}>{w.states[state]}</Chip><span className="ml-2">{all.surveys.find((s) => s.name === name)!.title}</span></>} tools={tools}>
      {part === 'answers' ? <MainAnswers name={name} say={told} />
        : part === 'report' ? <ReportPart name={name} preparing={state === 'preparing'} />
          : answer.kind === 'ready' ? <Replies survey={answer.value} all={all} told={told} />
            : <Card title={w.list} className="grow">{answer.kind === 'loading' ? <Bones rows={8} /> : <Failed error={answer.error} retry={again} />}</Card>}
      {editing && <CreateDialog survey={all.surveys.find((s) => s.name === name)} close={() => setEditing(false)} done={() => (setEditing(false), told(w.create.kept))} />}
    </Page>
  );
}

/** Replies is who was asked and how far they are; a unit with one reply sees that at once. */
function Replies({ survey, all, told }: { survey: OneSurvey; all: Surveys; told: (text: string) => void }) {
  const t = useText();
  const [place, change] = usePlace();
  const only = survey.targets.length === 1 ? survey.targets[0]!.id : '';
  const open = place.target || only;
  const target = survey.targets.find((p) => p.id === open);
  return (
    <>
      {all.reads && <Summary survey={survey} keeps={all.keeps} told={told} />}
      <div className={`grid min-h-0 grow gap-4 tight:gap-2.5 ${only ? 'grid-cols-1' : target ? 'grid-cols-[minmax(0,5fr)_minmax(0,6fr)] max-[1100px]:grid-cols-1' : 'grid-cols-1'}`}>
        {!only && <Targets survey={survey} open={open} />}
        {target && <ReplySheet key={`${survey.name} ${target.id}`} survey={survey.name} target={target} close={only ? null : () => change({ target: '' })} told={told} />}
        {open && !target && <Card title={t.survey.list}><Nothing icon="lock" title={t.survey.reply.pick} /></Card>}
      </div>
    </>
  );
}
