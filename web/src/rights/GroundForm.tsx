import { useState } from 'react';
import type { Ground, VersionDetail } from '../api/rights.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Field, Input, Select, TextArea } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';

const words = 'words'; // in place of an article

/** GroundForm asks which article of a regulation governs what a version changes; where none is on record, for words. */
export function GroundForm({ detail: d, verb, give, cancel }: { detail: VersionDetail; verb: string; give: (g: Ground) => void; cancel: () => void }) {
  const t = useText();
  const w = t.rights.ground;
  const none = d.articles.length === 0;
  const [chosen, choose] = useState(none ? words : '');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const free = chosen === words;
  const article = free || chosen === '' ? null : d.articles[Number(chosen)]!;
  const whole = free ? text.trim() !== '' && reason.trim() !== '' : article !== null;
  const submit = () => {
    setTried(true);
    if (!whole) return;
    give(article ? { regulation: article.regulation, article: article.article, from: article.from } : { text: text.trim(), reason: reason.trim() });
  };
  return (
    <form noValidate onSubmit={(e) => (e.preventDefault(), submit())} className="flex flex-col gap-4">
      <p className="leading-[1.7]">{w.why(d.governs.map((s) => w.settings[s as keyof typeof w.settings] ?? s).join(t.lang === 'ja' ? '・' : ', '))}</p>
      {none ? <Note tone="warn"><b>{w.none}</b><p className="text-[13px] text-text-2">{w.noneWhy}</p></Note> : (
        <Field label={w.article} need="required" error={tried && chosen === '' ? w.choose : null} hint={article?.value ? w.says(article.value) : undefined}>
          {(wiring) => (
            <Select {...wiring} value={chosen} onChange={(e) => choose(e.target.value)}>
              <option value="">{w.pick}</option>
              {d.articles.map((a, i) => <option key={i} value={i}>{[a.regulation, a.article, a.title, a.value && `【${a.value}】`, w.from(a.from)].filter(Boolean).join('　')}</option>)}
              <option value={words}>{w.other}</option>
            </Select>
          )}
        </Field>
      )}
      {free && (
        <>
          <Field label={w.text} need="required" error={tried && text.trim() === '' ? w.textMissing : null}>{(wiring) => <Input {...wiring} value={text} maxLength={500} onChange={(e) => setText(e.target.value)} />}</Field>
          <Field label={w.reason} need="required" error={tried && reason.trim() === '' ? w.reasonMissing : null}>{(wiring) => <TextArea {...wiring} rows={2} value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />}</Field>
        </>
      )}
      <div className="flex gap-2"><Button type="submit" look="primary">{verb}</Button><Button look="quiet" onClick={cancel}>{t.ui.cancel}</Button></div>
    </form>
  );
}
