import type { Camera, SessionInfo } from '../api/types.ts';
import type { Page } from '../url.ts';
import { holds } from './person.ts';

const any = (cameras: readonly Camera[] | null, action: string) => cameras?.some((c) => c.actions.includes(action)) ?? false;

const footagePosts = ['department_head', 'general_manager', 'crisis_management'];

/** pagesOf are the pages of the navigation a person has a use for, in order; cameras null: not known yet. */
export function pagesOf(s: SessionInfo, cameras: readonly Camera[] | null): Page[] {
  const out: Page[] = [];
  const footage = holds(s, ...footagePosts);
  if (footage) out.push('wall');
  if (footage && (cameras === null || any(cameras, 'past'))) out.push('playback');
  if (footage && (cameras === null || any(cameras, 'bookmark'))) out.push('bookmarks');
  if (footage && (cameras === null || cameras.length > 0)) out.push('duty');
  if (footage ? any(cameras, 'health') : holds(s, 'facilities', 'administrator')) out.push('health');
  return out;
}

/** startOf is the page one begins on. */
export function startOf(s: SessionInfo): Page {
  if (holds(s, ...footagePosts)) return 'wall';
  return holds(s, 'facilities', 'administrator') ? 'health' : 'inbox';
}
