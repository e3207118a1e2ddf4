import { createContext, useContext } from 'react';
import { enDates, jaDates, type Calendar } from './dates.ts';
import { en } from './en.ts';
import { ja, type Text } from './ja.ts';

export type { Calendar, Text };
export type Language = 'ja' | 'en';

/** Voice is what texts are made by. */
export interface Voice {
  language: Language;
  calendar: Calendar;
}

export const texts: Record<Language, Text> = { ja, en };

const made = new Map<string, Text>();

/** textsOf is the text in a language, with dates in a calendar; always the same object for the same voice. */
export function textsOf({ language, calendar }: Voice): Text {
  const key = `${language} ${calendar}`;
  let t = made.get(key);
  if (!t) made.set(key, (t = { ...texts[language], ...(language === 'ja' ? jaDates : enDates)(calendar) }));
  return t;
}

const languageKey = 'language';
const calendarKey = 'calendar';
const calendars: readonly Calendar[] = ['western', 'era', 'both'];

/** remembered is the voice last chosen on this computer; Japanese and western years first. */
export function remembered(): Voice {
  return {
    language: localStorage.getItem(languageKey) === 'en' ? 'en' : 'ja',
    calendar: calendars.find((c) => c === localStorage.getItem(calendarKey)) ?? 'western',
  };
}

export function remember(v: Voice) {
  localStorage.setItem(languageKey, v.language);
  localStorage.setItem(calendarKey, v.calendar);
}

export const TextContext = createContext<Text>(ja);

/** useText is the text of the voice in use. */
export const useText = () => useContext(TextContext);
