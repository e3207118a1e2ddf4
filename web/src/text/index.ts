import { createContext, useContext } from 'react';
import { en } from './en.ts';
import { ja, type Text } from './ja.ts';

export type { Text };
export type Language = 'ja' | 'en';

const key = 'language';

export const texts: Record<Language, Text> = { ja, en };

/** remembered is the language chosen on this computer; Japanese first. */
export function remembered(): Language {
  return localStorage.getItem(key) === 'en' ? 'en' : 'ja';
}

export function remember(language: Language) {
  localStorage.setItem(key, language);
}

export const TextContext = createContext<Text>(ja);

/** useText is the text of the language in use. */
export const useText = () => useContext(TextContext);
