import { enDates } from './dates.ts';
import { audit } from './en/audit.ts';
import { bookmarks } from './en/bookmarks.ts';
import { debts } from './en/debts.ts';
import { diagnostics } from './en/diagnostics.ts';
import { evidence } from './en/evidence.ts';
import { duty } from './en/duty.ts';
import { figures } from './en/figures.ts';
import { forms } from './en/forms.ts';
import { health } from './en/health.ts';
import { help } from './en/help.ts';
import { inbox } from './en/inbox.ts';
import { oplog } from './en/oplog.ts';
import { patrols } from './en/patrols.ts';
import { people } from './en/people.ts';
import { inquiries } from './en/inquiries.ts';
import { plan } from './en/plan.ts';
import { playback } from './en/playback.ts';
import { files } from './en/files.ts';
import { proofs } from './en/proofs.ts';
import { records } from './en/records.ts';
import { requests } from './en/requests.ts';
import { review } from './en/review.ts';
import { rights } from './en/rights.ts';
import { security } from './en/security.ts';
import { settings } from './en/settings.ts';
import { survey } from './en/survey.ts';
import { wall } from './en/wall.ts';
import { weeks } from './en/weeks.ts';
import { zones } from './en/zones.ts';
import type { Text } from './ja.ts';

export const en: Text = {
  lang: 'en',
  other: '日本語',
  product: 'Yagura',
  title: (page) => `${page} | Yagura`,
  ...enDates('western'),
  day: (at) => enDates('western').calendar(at).replace(/ \d+$/, ''),
  zone: 'JST',
  seconds: (s) => `${s.toFixed(1)} s`,
  duration: (s) => {
    if (s < 1) return 'under 1 s';
    if (s < 60) return `${Math.round(s)} s`;
    const rest = (n: number, unit: string) => (n >= 1 ? ` ${Math.floor(n)} ${unit}` : '');
    if (s < 3600) return `${Math.floor(s / 60)} min${rest(s % 60, 's')}`;
    if (s < 86400) return `${Math.floor(s / 3600)} h${rest((s % 3600) / 60, 'min')}`;
    return `${Math.floor(s / 86400)} d${rest((s % 86400) / 3600, 'h')}`;
  },
  cameras: (n) => (n === 1 ? '1 camera' : `${n} cameras`),
  days: (n) => `${n} days`,
  from: (when) => `since ${when}`,
  range: (a, b) => `${a} – ${b}`,
  clearly: (a, b) => `${a} (${b})`,

  signIn: {
    page: 'Sign in', login: 'Staff ID', password: 'Password', required: 'required', optional: 'optional', submit: 'Sign in', busy: 'Checking…',
    purpose: 'Purpose today', purposeHint: 'You may choose it later. Past footage asks for it. Never for judging anybody’s work.',
    show: 'Show', hide: 'Hide', showLong: 'Show the password', hideLong: 'Hide the password',
    say: ['You see only the offices in your charge', 'Who looked, when and why is always recorded', 'Footage is erased when its time is over. No sound is recorded'],
    missing: 'Please enter your staff ID and password.',
    failed: 'The staff ID or the password is wrong. Please check and try again.',
    tooMany: 'Too many attempts. Please wait some minutes, then try again.',
    ended: 'Your session has ended. Please sign in again.',
    help: 'Need help? Ask Information Systems',
    directory: 'Sign in with your ward account', orPassword: 'or with a password of Yagura', returning: 'Checking your ward account…',
    recovered: 'Your keys and codes are gone. Sign in with your ward account and register new ones.',
    directoryErrors: {
      'directory-unknown': 'Your ward account is right, but you are no user of Yagura. Ask an administrator if you need it.',
      'directory-local': 'This staff ID signs in with its password of Yagura. Please enter it below.',
      'directory-other': 'This staff ID belonged to somebody else before. Please ask an administrator.',
      'directory-off': 'You are kept out of Yagura. Please ask an administrator.',
      'directory-away': 'The ward’s directory does not answer. Please try again later.',
      'directory-refused': 'The ward’s directory did not sign you in.',
      'directory-failed': 'The sign-in was broken off, or took too long. Please begin again.',
      'directory-login': 'No staff ID could be read from your ward account. Please ask Information Systems.',
    },
  },
  origins: { files: 'configuration files', 'command line': 'the server’s console', 'first start': 'first start', narrows: 'narrows', relaxed: 'no second person asked' },
  noAnswer: 'The server cannot be reached. Please check the network and try again.',
  oops: (detail) => detail || 'This did not work. Please try again later.',

  ui: { retry: 'Try again', failed: 'This could not be loaded', refused: 'You may not see this', loading: 'Loading', close: 'Close', cancel: 'Cancel', save: 'Save' },

  nav: { label: 'Main pages', more: 'More' },
  missing: { title: 'There is no such page', body: 'The address is wrong, or the page is no longer in use.', back: (page) => `Back to: ${page}` },
  fault: { title: 'This page could not be shown', body: 'The server may have been renewed, or the connection broke. Loading again leads back to this page.', again: 'Load again' },
  account: { menu: 'Account', signOut: 'Sign out', language: '日本語で表示', scope: (units, n) => `${units} (${n} cameras)`, scopeAll: (n) => `All ${n} cameras`, since: (d) => `since ${d}`, noPost: 'No post at present', login: 'Staff ID' },
  posts: {
    department_head: 'Department head', general_manager: 'General manager', crisis_management: 'Crisis management', facilities: 'Facilities', auditor: 'Auditor',
    information_security: 'Information security', executing_officer: 'Executing officer', clerk: 'Clerk', log_analyst: 'Log analyst', administrator: 'Administrator',
  },
  relaxed: {
    title: 'Safeguards are relaxed', names: { second_factor: 'no second factor', footage_tokens: 'tokens for footage', second_person: 'no second person' },
    why: 'For trials and tests only; not for real use.',
  },
  gone: { label: 'What you may no longer see', posts: (posts) => `${posts}: this post has ended, and with it your right to its footage.`, cameras: (n) => (n === 1 ? 'The organisation changed: you may no longer see 1 camera.' : `The organisation changed: you may no longer see ${n} cameras.`) },
  expiry: 'End of the session', renew: 'Sign in again',
  expires: (clock) => `Your session ends at ${clock}. Sign in again to go on working.`,

  rail: { label: 'Cameras by place', search: 'Name, number, place', searchLabel: 'Find a camera', clear: 'Clear the search', none: 'No camera matches.', found: (n) => `${n} found`, floor: (f) => f, loading: 'Loading cameras' },
  state: { recording: 'Normal', starting: 'Starting', stopped: 'Stopped', planned: 'Planned', unknown: 'Unknown' },
  stateNote: { recording: 'Recording', starting: 'Connecting to the camera', stopped: 'Not recording', planned: 'Not in operation yet', unknown: 'State not known' },

  empty: {
    title: 'No camera is in your charge',
    body: (unit) => `There are no cameras in the offices of ${unit}, so there is nothing to show here. Nothing is wrong.`,
    bodyAnyone: 'Your post comes with no cameras to view. Nothing is wrong.',
    ask: 'If your post or unit is not right, please tell Information Security.',
    you: 'Your post and unit',
  },
  pick: { title: 'Choose a camera', body: 'Choose one from the list to see it live.', logged: 'Every view is recorded with its time and purpose.', key: 'Find a camera', first: 'Show the first camera' },
  failedList: { title: 'The cameras could not be loaded', retry: 'Load again' },

  view: {
    live: 'Live', late: 'Late', stopped: 'Stopped', past: 'Past', opening: 'Connecting', seeking: 'Moving', paused: 'Paused', lost: 'Reconnecting', refused: 'Not shown',
    ago: (d) => `−${d}`,
    noPicture: 'No picture', since: (clock, d) => `since ${clock} (${d})`, cause: (c) => `Cause: ${c}`,
    retrying: 'Reconnecting by itself', stalled: 'No new picture comes from the camera', noFrame: (d) => `none for ${d}`,
    pastStill: 'What is recorded can be seen on the timeline below.',
    waiting: 'Waiting for the picture', notYet: 'Not shown yet', lostTitle: 'The connection to the server is lost', lostBody: 'Reconnecting by itself. There is nothing to do.', tries: (n) => `try ${n}`,
    region: (name, number) => `Footage of ${name} ${number}`,
    noAudio: 'No sound is recorded', logged: 'Every view is recorded',
    full: 'Full screen', exitFull: 'Leave full screen',
    quality: { main: 'High quality', sub: 'Standard quality', keys: 'Key pictures only', slow: 'Less is sent because the network is slow', codec: 'Sent in a form this computer can show', reordered: 'Standard quality, because of the camera’s settings', purpose: 'State a purpose to see high quality' },
    end: 'End of the record', missing: (cause, d) => `There is no footage of that moment (${cause}, ${d})`, skipped: (cause, d) => `Skipped a gap (${cause}, ${d})`,
  },
  refused: {
    title: 'This cannot be shown',
    unknown: (id) => `There is no camera “${id}”.`, unknownWhy: 'The number is wrong, or it is not in your charge. Please choose one from the list.',
    noLive: 'Your post does not include footage of this camera.', noLiveWhy: 'You can see its state. If you need footage, please ask Crisis Management.',
    denied: 'You may not see this.', deniedWhy: 'Please ask the general manager in charge, or Information Security.',
    purpose: 'State a purpose to see it.',
    tooMany: 'Too many views are open. Please close others.',
    codec: 'This computer cannot show the camera’s format.', codecWhy: 'Please ask Facilities about the camera’s settings.',
    retry: 'Try again', choose: 'Choose a purpose', back: 'Back to live',
  },
  denied: (detail) => `This did not work. ${detail}`,

  purpose: {
    title: 'Purpose', ask: 'For what purpose do you view past footage?', body: 'It holds for this session and is kept in the record of views.', change: 'Change', none: 'not stated', choose: 'Choose a purpose', cancel: 'Cancel', label: (p) => `Purpose: ${p}`,
    names: { deterrence_check: 'Check for deterrence', misuse_verification: 'Verify misuse', incident: 'Incident', maintenance: 'Maintenance', legal_request: 'Legal request', subject_request: 'Request by the person filmed' },
    notes: { deterrence_check: 'the daily check', misuse_verification: 'when there are signs', incident: 'what happened', maintenance: 'of the equipment', legal_request: 'with the written request', subject_request: 'with the written request' },
    never: 'Never for judging work or attendance.',
    case: 'Case number', caseHint: 'e.g. 29-危-014. If there is one, type it before you choose. It is kept in the record of views.',
    failed: 'The purpose could not be recorded. Please try again.',
  },

  side: {
    label: 'This camera', camera: 'This camera', number: 'Number', place: 'Place', kind: 'Kind', state: 'State', since: 'Since', keep: 'Kept', keepDays: (n) => `${n} days`, erased: (d) => `erased before ${d}`,
    kinds: { surveillance: 'Surveillance', security: 'Security' },
    gaps: 'Gaps', gapsIn: (w) => `in view: ${w}`, noGaps: 'No gaps in view.', more: (n) => `${n} more`, goGap: (when) => `Go to just before the gap of ${when}`,
    keys: 'Keys',
  },

  timeline: {
    label: 'Timeline', slider: 'Position', lane: 'Record', overview: (n) => `${n} days`, overviewNote: 'kept', zoom: 'Range', now: 'now', loading: 'Loading the record', nothing: 'Nothing recorded', failed: 'What is recorded could not be loaded; trying again.',
    none: 'Choose a camera to see here when it was recorded.',
    noPast: 'You may not view past footage of this camera.', at: (text) => text, gap: (cause, d) => `${cause} ${d}`, gapAt: (cause) => `Gap: ${cause}`,
    spans: { month: '30 d', day: '1 d', hours: '2 h', tens: '10 min', seconds: '10 s' }, zoomIn: 'Zoom in', zoomOut: 'Zoom out',
    help: 'Click to go there, drag to look, wheel to zoom',
  },
  transport: {
    label: 'Playback', back: 'Back 10 s', forward: 'Forward 10 s', stepBack: 'Frame back', stepForward: 'Frame forward', play: 'Play', pause: 'Pause', reverse: 'Reverse', rate: 'Speed', live: 'Live', liveNow: 'This is live', copy: 'Link', copied: 'Copied', copyLong: 'Copy a link to this moment',
    position: 'Position',
  },
  keys: { play: 'play, pause', ten: '10 s', minute: '1 min', frame: 'frame', speed: 'reverse, pause, play', live: 'live', search: 'find', help: 'all keys', zoom: 'range', close: 'Close', title: 'All keys', full: 'full screen' },

  causes: {
    'unreachable': 'camera does not answer', 'refused': 'camera refuses sign-in', 'redirected': 'camera redirects', 'forbidden': 'address not allowed', 'unsupported': 'format not supported', 'disconnected': 'camera disconnected', 'stalled': 'pictures stopped',
    'no-key-frame': 'no key frame', 'damaged': 'damaged data', 'worker-restart': 'recorder restarted', 'takeover': 'moved to another recorder', 'internal-error': 'recorder fault', 'disk-full': 'disk full', 'disk-slow': 'disk too slow', 'disk-error': 'disk fault',
    'clock-stepped': 'clock was set', 'not-in-operation': 'not in operation yet', 'not-configured': 'not configured', 'retention': 'erased in time', 'quota': 'erased for room', 'lost': 'footage missing', 'unexplained': 'cause being looked for',
  },

  audit, bookmarks, debts, diagnostics, duty, evidence, figures, files, forms, health, help, inbox, inquiries, oplog, patrols, people, plan, playback, proofs, records, recovery: security.recovery, requests, review, rights, security, settings, survey, wall, weeks, zones,
};
