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
    'oplog.import': 'Operation log imported', 'oplog.staff': 'Register of staff imported', 'oplog.erased': 'Erasure of a medium noted', 'oplog.read': 'Operation logs read', 'oplog.export': 'Operation logs exported', 'oplog.hint': 'Hint moved on', 'oplog.identify': 'Step of a re-identification', 'oplog.profile': 'Profile of logs',
    'survey.create': 'Survey prepared', 'survey.amend': 'Survey changed while prepared', 'survey.move': 'Survey moved on', 'survey.chase': 'Reminder of a survey', 'survey.save': 'Reply to a survey saved', 'survey.reply': 'Reply to a survey moved on', 'survey.quote': 'Main answer edited', 'survey.export': 'Survey report exported', 'survey.units': 'Offices to be asked changed',
    'record.create': 'Record written', 'record.edit': 'Record edited', 'record.move': 'Record moved on', 'record.correct': 'Record corrected', 'record.see': 'Record seen after a deputy', 'record.import': 'Records imported', 'record.export': 'Records exported', 'record.print': 'Records printed', 'record.attach': 'File attached', 'record.download': 'Attached file downloaded',
    'duty.draw': 'Round drawn', 'duty.mark': 'Moment marked', 'duty.norm': 'Norm changed', 'report.send': 'Report sent', 'report.receive': 'Report received', 'report.outcome': 'Report answered',
    'session.sign-in': 'Sign-in', 'session.sign-out': 'Sign-out', 'session.purpose': 'Purpose stated', 'session.step-up': 'Proof anew', 'session.end': 'Sign-in ended',
    'person.add': 'Person added', 'person.edit': 'Person changed', 'person.import': 'People imported', 'person.disable': 'Person disabled', 'person.enable': 'Person enabled', 'person.directory': 'Directory switched',
    'person.appoint': 'Appointment', 'person.appoint.approve': 'Appointment approved', 'person.appoint.refuse': 'Appointment refused', 'person.appoint.end': 'Appointment ended', 'person.password': 'Password changed', 'person.factor.add': 'Factor added', 'person.factor.remove': 'Factor removed', 'person.codes': 'Codes allowed',
    'person.token': 'API token made', 'person.token.confirm': 'API token confirmed', 'person.recovery.ask': 'Recovery asked', 'person.recovery.decide': 'Recovery decided', 'person.recovery.use': 'Recovery used',
    'case.seal': 'Case sealed', 'case.extend': 'Seal extended', 'case.close': 'Seal ended',
    'request.ask': 'Footage asked for', 'request.read': 'Request read', 'request.take': 'Request taken up', 'request.answer': 'Request answered',
    'hold.place': 'Footage held', 'hold.extend': 'Hold extended', 'hold.ask-release': 'Release asked for', 'hold.release': 'Hold released', 'hold.keep': 'Release refused',
    'audit.export': 'Log exported', 'audit.read': 'Log read',
    'rights.grant.ask': 'Grant asked', 'rights.grant.decide': 'Grant decided', 'rights.grant.end': 'Grant ended', 'rights.deny': 'Excluded', 'rights.emergency': 'Emergency viewing', 'rights.emergency.review': 'Emergency reviewed', 'version.decide': 'Version decided',
    'inquiry.ask': 'Inquiry', 'inquiry.answer': 'Inquiry answered', 'inquiry.refuse': 'Inquiry refused',
    'rights.take': 'Review of rights begun', 'rights.confirm': 'Rights confirmed', 'rights.object': 'Right objected to', 'rights.close': 'Review of rights closed', 'review.draw': 'Review: drawn', 'review.fine': 'Review: in order', 'review.ask': 'Review: question', 'review.answer': 'Review: answer', 'review.find': 'Review: finding', 'review.done': 'Review: done', 'review.report': 'Review: report',
    'audit.chained': 'Chain begun', 'audit.key': 'Signing key made', 'audit.contradicted': 'Anchor contradicted', 'footage.roots': 'Roots of footage', 'config.version': 'Version of files', 'system.relax': 'Safeguards relaxed',
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

  seals: {
    title: 'Sealed cases', tab: 'Seals', seal: 'Seal a case', lead: 'Heads are not told of views in this case for 90 days. Auditors always are.', caseHint: 'the number that is stated with the purpose', reason: 'Reason', reasonHint: 'auditors read it', missing: 'Please fill this in.', sealFor: 'Seal for 90 days',
    how: 'A seal keeps an inquiry from those it may be about', howBody: 'Views in a sealed case are not in the heads’ list until it is closed or 90 days have passed. Somebody else than who sealed or extended it last may extend it by 90 days, in its last 30. What ended once is not sealed again.',
    none: 'No case is sealed', noneWhy: 'Without a seal, heads read at once who looked at their floors.', states: { sealed: 'sealed', lapsed: 'lapsed', closed: 'closed' }, until: (d) => `sealed until ${d}`,
    by: (who, d) => `sealed by ${who} on ${d}`, extendedBy: (who) => `extended by ${who}`, closedBy: (who, d) => `closed by ${who} on ${d}`,
    extend: 'Extend by 90 days', extendLong: (c) => `Extend ${c} by 90 days`, close: 'End the seal', closeLong: (c) => `End the seal of ${c}`, sealed: 'The case is sealed', extended: 'The seal is extended', closed: 'The seal has ended; heads are told now',
    why: { 'second-person': 'Somebody else extends it', 'too-early': 'In its last 30 days' },
  },

  ledger: {
    open: 'Ledger', back: 'Back to the log', which: 'Which ledger', names: { views: 'Ledger of views', exports: 'Ledger of exports' }, none: { views: 'No view is like that', exports: 'No export is like that' }, sheets: (n) => `${n} × A4`, label: (name, n, all) => `${name}, page ${n} of ${all}`,
    some: (n) => `Made of the newest ${n.toLocaleString('en-GB')} rows. Ask for a shorter time.`, count: (n) => n.toLocaleString('en-GB'), made: 'made from the log', approval: ['Audit', 'Security', 'By'], period: (from, to) => `${from || 'the beginning'} – ${to || 'now'}`, all: 'everything',
    columns: { when: 'When', by: 'Who', camera: 'Camera', kind: 'Footage', seen: 'Footage seen', purpose: 'Purpose, case', result: 'Outcome', source: 'From', what: 'What', detail: 'Asked for' },
  },

  export: {
    open: 'Export', title: 'Signed export', lead: 'The rows you narrowed the list to, in one zip file. That you take them is a row of the log too.',
    contents: ['entries: the rows, as CSV or JSON; hints are marked, but not filtered by', 'export.json: who took it, when, and what was asked for', 'SHA256SUMS and .sig: a digest of each file, and their signature (Ed25519)', 'public.pem and VERIFY.txt: the public key, and how to verify'],
    format: 'Format', csv: 'CSV', json: 'JSON', verify: 'How to verify (OpenSSL 3)', key: 'Compare public.pem with the key taken down when the system was set up (yagura audit key). If it is the same, nothing has changed since it left.', save: 'Export', busy: 'Exporting…', done: 'The rows are exported',
  },
};
