import type { SettingsValue } from '../api/settings.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import type { Page } from '../url.ts';
import { holds } from './person.ts';

const any = (cameras: readonly Camera[] | null, action: string) => cameras?.some((c) => c.actions.includes(action)) ?? false;

type Start = SettingsValue['start'];
const starts: readonly Start[] = ['wall', 'playback', 'duty', 'health', 'inbox'];

/** recordPosts keep or read the ward's other records. */
const recordPosts = ['clerk', 'executing_officer', 'general_manager', 'department_head', 'information_security', 'auditor', 'crisis_management'];

/** surveyPosts answer surveys, or keep and read them. */
const surveyPosts = ['clerk', 'executing_officer', 'general_manager', 'department_head', 'information_security', 'auditor'];

/** logPosts read what operation logs say: analysts, those who answer for them, and heads for their own staff. */
const logPosts = ['log_analyst', 'information_security', 'auditor', 'general_manager', 'department_head'];

/** seesFigures: who keeps or reads records of units sees how far obligations were met. */
export const seesFigures = (s: SessionInfo) => holds(s, 'clerk', 'executing_officer', 'general_manager', 'department_head', 'information_security', 'auditor');

/** seesProofs: who puts the evidence of controls together. */
export const seesProofs = (s: SessionInfo) => holds(s, 'information_security', 'auditor');

const footagePosts = ['department_head', 'general_manager', 'crisis_management'];

/** rightsPosts may ask about the rights of everybody; heads about who sees their cameras. */
export const rightsPosts = ['crisis_management', 'information_security', 'administrator', 'auditor'];

/** pagesOf are the pages of the navigation a person has a use for, in order; cameras null: not known yet. */
export function pagesOf(s: SessionInfo, cameras: readonly Camera[] | null): Page[] {
  const out: Page[] = [];
  const footage = holds(s, ...footagePosts);
  if (footage || any(cameras, 'live')) out.push('wall'); // a right for a limited time shows pictures too
  if ((footage && cameras === null) || any(cameras, 'past')) out.push('playback');
  if (footage && (cameras === null || any(cameras, 'bookmark'))) out.push('bookmarks');
  if (footage ? cameras === null || cameras.length > 0 : holds(s, 'information_security', 'auditor')) out.push('duty');
  if (footage ? cameras === null || any(cameras, 'health') : holds(s, 'facilities', 'administrator')) out.push('health');
  if (holds(s, 'crisis_management', 'auditor', 'log_analyst', 'information_security')) out.push('evidence');
  if (holds(s, ...logPosts)) out.push('oplog');
  if (holds(s, ...recordPosts)) out.push('records');
  if (holds(s, ...surveyPosts)) out.push('survey');
  if (holds(s, ...rightsPosts) || any(cameras, 'who_viewed') || s.emergency.offered) out.push('rights');
  out.push('audit'); // everybody reads their own rows
  if (holds(s, 'auditor', 'information_security')) out.push('review');
  if (holds(s, 'administrator', 'information_security')) out.push('people', 'recovery');
  if (holds(s, 'auditor')) out.push('inquiries');
  return out;
}

/** startsOf are the pages one may choose to begin on. */
export function startsOf(s: SessionInfo, cameras: readonly Camera[] | null): Start[] {
  const pages: Page[] = [...pagesOf(s, cameras), 'inbox'];
  return starts.filter((p) => pages.includes(p));
}

/** startOf is the page one begins on: the one wished for where one may open it, else that of the post. */
export function startOf(s: SessionInfo, cameras: readonly Camera[] | null = null, wish: Start | null = null): Page {
  if (wish && startsOf(s, cameras).includes(wish)) return wish;
  if (holds(s, ...footagePosts)) return 'wall';
  if (holds(s, 'clerk', 'executing_officer')) return 'records';
  return holds(s, 'facilities', 'administrator') ? 'health' : 'inbox';
}
