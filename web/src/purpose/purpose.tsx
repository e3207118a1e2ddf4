import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Camera, SessionInfo } from '../api/types.ts';
import { usePerson } from '../person/person.ts';
import { PurposeDialog } from './PurposeDialog.tsx';

/** Asking leads to a purpose where the past needs one: once, and what was wanted goes on. */
interface Asking {
  /**
   * need runs f at once where the session's purpose is valid for the cameras, else when one has been chosen;
   * declined where it was not. suggested is the purpose that fits what is done, offered first.
   */
  need: (cameras: readonly Camera[], f: (s: SessionInfo) => void, declined?: () => void, suggested?: string) => void;
  /** ask lets the person choose anew. */
  ask: (cameras: readonly Camera[]) => void;
}

const AskingContext = createContext<Asking | null>(null);

export function usePurpose(): Asking {
  const asking = useContext(AskingContext);
  if (!asking) throw new Error('no purpose is asked here');
  return asking;
}

/** common are the purposes valid for all of the cameras, the suggested one first. */
export function common(cameras: readonly Camera[], all: readonly string[], suggested?: string): string[] {
  const valid = all.filter((p) => cameras.every((c) => c.purposes.includes(p)));
  return [...valid.filter((p) => p === suggested), ...valid.filter((p) => p !== suggested)];
}

interface Question {
  cameras: readonly Camera[];
  then?: (s: SessionInfo) => void;
  declined?: (() => void) | undefined;
  suggested?: string | undefined;
}

export function PurposeProvider({ children }: { children: ReactNode }) {
  const { session, change } = usePerson();
  const [question, setQuestion] = useState<Question | null>(null);
  const latest = useRef(session);
  useEffect(() => {
    latest.current = session;
  });
  const need = useCallback<Asking['need']>((cameras, then, declined, suggested) => {
    const s = latest.current;
    if (s.purpose !== '' && cameras.every((c) => c.purposes.includes(s.purpose))) then(s);
    else setQuestion({ cameras, then, declined, suggested });
  }, []);
  const ask = useCallback<Asking['ask']>((cameras) => setQuestion({ cameras }), []);
  const asking = useMemo(() => ({ need, ask }), [need, ask]);
  const chosen = (s: SessionInfo) => {
    latest.current = s;
    change(s);
    setQuestion(null);
    question?.then?.(s);
  };
  const close = () => {
    setQuestion(null);
    question?.declined?.();
  };
  return (
    <AskingContext value={asking}>
      {children}
      {question && <PurposeDialog purposes={common(question.cameras, session.purposes, question.suggested)} suggested={question.suggested} session={session} chosen={chosen} close={close} />}
    </AskingContext>
  );
}
