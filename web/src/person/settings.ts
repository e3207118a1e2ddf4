import { useSyncExternalStore } from 'react';
import type { SettingsState } from '../api/settings.ts';
import type { Page } from '../url.ts';
import { useCameras, usePerson } from './person.ts';
import { startOf } from './roles.ts';

/** useSettings is how this person likes to work, and how far that is known. */
export function useSettings(): SettingsState {
  const { settings } = usePerson().desk;
  return useSyncExternalStore(settings.subscribe, settings.get);
}

/** useOverlay reports whether viewer and time lie over pictures: always, until a person's wish is known. */
export function useOverlay(): boolean {
  const s = useSettings();
  return s.kind !== 'ready' || s.settings.overlay;
}

/** useStart is the page this person begins on; null until their wish is known. */
export function useStart(): Page | null {
  const { session } = usePerson();
  const list = useCameras();
  const s = useSettings();
  if (s.kind === 'loading') return null;
  return startOf(session, list.kind === 'ready' ? list.cameras : null, s.kind === 'ready' ? s.settings.start : null);
}
