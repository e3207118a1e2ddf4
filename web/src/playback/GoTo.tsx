import { useEffect, useRef, useState, type FormEvent } from 'react';
import { serverClock } from '../api/client.ts';
import { useSettings } from '../person/settings.ts';
import { useText } from '../text/index.ts';
import { DAY, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import type { Control } from './control.ts';
import { shownAs, typed } from './typed.ts';

export const goField = 'playback-go';

/** GoTo shows date and time, and takes another as people write it. */
export function GoTo({ control }: { control: Control }) {
  const t = useText();
  const { room } = control;
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState<string | null>(null); // null: it shows where one is
  const [error, setError] = useState('');
  const settings = useSettings();
  const era = settings.kind === 'ready' && settings.settings.calendar === 'era';
  const shown = (at: Instant) => shownAs(at, era, t.lang !== 'ja');
  useEffect(() => {
    if (text !== null) return;
    const write = () => {
      if (input.current) input.current.value = shown(room.position());
    };
    write();
    return room.watch(write);
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const now = serverClock.now();
    const r = typed(input.current!.value, room.position(), now);
    const words = t.playback.go;
    if (!r.ok) return setError({ both: words.bad, day: words.badDay, clock: words.badClock }[r.wrong]);
    if (r.at > now) return setError(words.future);
    if (r.at < now - control.days * DAY) return setError(words.erased(control.days));
    leave();
    control.seek(r.at);
    input.current?.blur();
  };
  const leave = () => {
    setText(null);
    setError('');
  };
  return (
    <form onSubmit={submit} aria-label={t.playback.go.label} className="relative flex flex-none items-center gap-2">
      <input ref={input} id={goField} aria-label={t.playback.go.field} aria-describedby="playback-go-hint" aria-invalid={error ? true : undefined} autoComplete="off" spellCheck={false}
        onFocus={(e) => (setText(e.currentTarget.value), e.currentTarget.select())} onInput={(e) => (setText(e.currentTarget.value), setError(''))} onBlur={() => !error && leave()}
        onKeyDown={(e) => {
          if (e.key !== 'Escape') return;
          leave();
          e.currentTarget.blur();
        }}
        className="h-9 w-[228px] rounded-8 border border-[#6a737e] bg-ink-0 px-2.5 text-center aria-invalid:border-bad tight:h-8 tight:w-[182px] tight:px-1.5" />
      <Button type="submit" look="quiet">{t.playback.go.go}</Button>
      {(text !== null || error) && (
        <p id="playback-go-hint" role={error ? 'alert' : undefined} className={`absolute top-full right-0 z-20 mt-1.5 w-max max-w-[440px] rounded-8 border border-line bg-raised px-3 py-2 text-[13px] leading-[1.6] ${error ? 'text-bad' : 'text-text-2'}`}>{error ? `＊${error}` : t.playback.go.hint}</p>
      )}
    </form>
  );
}
