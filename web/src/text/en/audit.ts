import type { Text } from '../ja.ts';

export const audit: Text['audit'] = {
  page: 'Viewing log',
  table: 'Rows', shown: (n, more) => (more ? `the newest ${n}` : `${n}`), again: 'Read new rows', more: 'Read more', further: 'Look further back',
  lead: {
    all: 'Every view and act. No footage', floors: 'Who looked at footage of your units, and your own rows', own: 'Your own rows. Whoever looks at something leaves this behind',
    person: (name) => `Rows of ${name}`, camera: (name) => `Rows of ${name}`,
  },
  scope: { label: 'Whose rows', all: 'All', floors: 'My units and mine', me: 'Mine' },
  columns: { when: 'When', who: 'Who', what: 'What', camera: 'Camera', seen: 'Footage seen', purpose: 'Purpose, case', hints: 'Hints' },
  seq: (n) => `row ${n.toLocaleString('en-GB')}`, running: 'being watched', live: 'live', notYet: 'told when it ends', nothingSeen: 'nothing was shown',
  none: 'No row is like that', noneWhy: 'Ask for less, or for a longer time.', nothing: 'There are no rows yet', nothingWhy: 'Whoever signs in or looks at footage leaves one.',

  chain: {
    label: 'How the log stands', ok: 'The chain is anchored outside', late: 'No new anchor for more than 5 minutes', none: 'Nothing is anchored yet', unknown: 'How the log stands cannot be read',
    last: 'last row', row: (n) => n.toLocaleString('en-GB'), value: 'hash', anchor: 'anchored', noAnchor: 'none', ago: (d) => `${d} ago`, why: 'Note the hash down, and you can tell later whether the log was changed',
  },

  filters: {
    label: 'Narrow the list', all: (what) => what, who: 'Person', camera: 'Camera', action: 'Act', outcome: 'Outcome', purpose: 'Purpose', unit: 'Unit', from: 'First day', to: 'Last day', day: 'Y/M/D', badDay: 'That is no date (such as 2026/11/26)', hints: 'Hints only', clear: 'Clear',
  },

  outcomes: { ok: 'done', refused: 'refused', failed: 'failed' },
  actions: {
    'view.live': 'Live view', 'view.past': 'View of the past', 'view.still': 'Single picture', 'still.keep': 'Still kept',
    'bookmark.add': 'Bookmark added', 'bookmark.change': 'Bookmark changed', 'bookmark.remove': 'Bookmark removed',
    'duty.draw': 'Round drawn', 'duty.mark': 'Moment marked', 'duty.norm': 'Norm changed', 'report.send': 'Report sent', 'report.receive': 'Report received', 'report.outcome': 'Report answered',
    'session.sign-in': 'Sign-in', 'session.sign-out': 'Sign-out', 'session.purpose': 'Purpose stated', 'session.step-up': 'Proof anew', 'session.end': 'Sign-in ended',
    'person.add': 'Person added', 'person.appoint': 'Appointment', 'person.password': 'Password changed', 'person.factor.add': 'Factor added', 'person.factor.remove': 'Factor removed', 'person.codes': 'Codes allowed',
    'person.token': 'API token made', 'person.token.confirm': 'API token confirmed', 'person.recovery.ask': 'Recovery asked', 'person.recovery.decide': 'Recovery decided', 'person.recovery.use': 'Recovery used',
    'audit.export': 'Log exported', 'audit.chained': 'Chain begun', 'audit.key': 'Signing key made', 'audit.contradicted': 'Anchor contradicted', 'footage.roots': 'Roots of footage', 'config.version': 'Version of files', 'system.relax': 'Safeguards relaxed',
  },
  notOpened: 'never shown',
  reasons: {
    'closed by the viewer': 'ended by the viewer', 'process ended': 'the server stopped', 'the right to see this was withdrawn': 'right withdrawn', 'camera removed': 'camera removed', 'camera moved': 'camera moved', 'session expired': 'session expired', 'appointment ended': 'appointment ended',
  },

  hints: {
    title: 'Hints', never: 'A hint is a number beside its limit, and no verdict. Most have an ordinary reason.',
    chip: { hours: (d) => `off hours ${d}`, weekend: (day) => (day === 6 ? 'Saturday' : 'Sunday'), holiday: (name) => name, many: (n) => `${n} that day`, long: (d) => `lasted ${d}` },
    say: {
      hours: (d) => `It began ${d} away from office hours (8:30–17:15).`, weekend: (day) => `It began on a ${day === 6 ? 'Saturday' : 'Sunday'}.`, holiday: (name) => `It began on a day the offices are closed (${name}).`,
      many: (n, usual, limit) => `This person looked at this camera ${n} times that day; ${usual} times a day in the 30 days before. Up to ${limit} are not told.`, long: (d, limit) => `It lasted ${d}. Up to ${limit} is not told.`,
    },
  },

  detail: {
    label: (n) => `Row ${n}`, who: 'Who', when: 'Began', ended: 'Ended', why: 'Why it ended', outcome: 'Outcome', camera: 'Camera', stream: 'Stream', at: 'Time asked for', purpose: 'Purpose', case: 'Case', detail: 'Details', source: 'From', session: 'Session', row: 'Place in the log',
    ranges: 'Footage really seen', sum: (d, n) => `${d} in ${n}`, ofPerson: 'Rows of this person', ofCamera: 'Rows of this camera', gone: 'This row cannot be shown', goneWhy: 'There is none, or it is not yours to read.',
  },

  export: {
    open: 'Export', title: 'Signed export', lead: 'The rows you narrowed the list to, in one zip file. That you take them is a row of the log too.',
    contents: ['entries: the rows, as CSV or JSON; hints are marked, but not filtered by', 'export.json: who took it, when, and what was asked for', 'SHA256SUMS and .sig: a digest of each file, and their signature (Ed25519)', 'public.pem and VERIFY.txt: the public key, and how to verify'],
    format: 'Format', csv: 'CSV', json: 'JSON', verify: 'How to verify (OpenSSL 3)', key: 'Compare public.pem with the key taken down when the system was set up (yagura audit key). If it is the same, nothing has changed since it left.', save: 'Export', busy: 'Exporting…', done: 'The rows are exported',
  },
};
