import type { Text } from '../ja.ts';

export const inbox: Text['inbox'] = {
  page: 'Inbox',
  unread: (n) => `${n} unread`, allRead: 'nothing unread',
  list: 'List', views: 'What to show', arrived: 'Arrived', reports: 'Reports', filter: 'State',
  none: 'Nothing waits for you', noneBody: 'Reports, approvals and what is left to check appear here when they need you, and the bell above counts them.',
  pick: 'Choose one from the list to read it here', gone: 'This was dealt with, or taken back',
  isUnread: 'unread',
  kinds: { emergency: 'Emergency', report: 'Report', receipt: 'Receipt', outcome: 'Outcome', approval: 'Approval', duty: 'Duty', recovery: 'Approval', token: 'To confirm', inquiry: 'Inquiry', review: 'review', review_month: 'review', rights_lines: 'rights', rights_objection: 'to end', survey_reply: 'survey', survey_approval: 'Approval', hold_ends: 'hold' },
  say: {
    report: (from) => `Report from ${from}`, receipt: 'Your report was received', outcome: (o) => `Outcome of your report: ${o}`,
    cameras: (n) => `Cameras, version ${n}, to approve`, policies: (n) => `Rules, version ${n}, to approve`, appointment: (name, title) => `Appointment to approve: ${title} ${name}`,
    hold: (number) => `Release of a hold to approve: ${number}`, holdEnds: (number, c) => `A hold ends soon: ${[number, c].filter(Boolean).join(' ')}`,
    emergency: (name) => `Emergency viewing: ${name}`, grant: (name) => `Time-limited right to decide: ${name}`, duty: (unit, left) => `${unit}: ${left} left to check`, recovery: (name) => `Recovery to approve: ${name}`, token: (label) => `API token to confirm: ${label}`, inquiry: (place) => `Inquiry: ${place}`,
    survey: (office, until, chased) => `${chased > 0 ? 'Reminder: ' : ''}Survey to answer: ${office}, until ${until}`, surveyApproval: (office) => `Reply to approve: ${office}`,
    review: 'A question about a view of yours', reviewMonth: (month, left) => `Review of ${month}: ${left} to do`, rightsLines: (left) => `Review of rights: ${left} lines to decide`, rightsObjection: (n) => `Appointments to end: ${n}`,
  },
  approval: {
    asked: 'Asked by', since: 'Since', what: 'What',
    cameras: 'It widens or changes who sees footage, or how long it is kept. It has no effect until it is approved.',
    hold: 'The hold ends, and footage older than its time is erased. Somebody of crisis management decides who did not ask for it.',
    grant: 'A right to see footage besides what a post gives, for a limited time. Crisis management decides, but neither who asked nor who gets it.',
    policies: 'It widens who sees footage. It has no effect until it is approved.',
    appointment: 'This appointment gives footage. Somebody else than who asked approves it.',
    go: 'See what changes, and decide', goPeople: 'To the approvals', unit: 'Unit', person: 'Person',
  },
  signIn: {
    recovery: (from, name) => `${from} asks to recover the sign-in of ${name}. Somebody else than those two approves it.`, goRecovery: 'Open recovery',
    token: (from, label) => `“${label}”, an API token with your rights, was made by ${from}. It works once you confirm it under settings. If you do not know it, revoke it.`, goToken: 'Open settings',
  },
  inquiry: { body: (place) => `Somebody who was filmed in ${place} asks whether anybody watched. Please answer from the audit log.`, go: 'Open the inquiry' },
  emergency: { body: (name) => `${name} began to view in an emergency. Review afterwards what was viewed, and write a finding; until then it stays here.`, go: 'Open emergency viewing' },
  review: { asked: (who) => `${who} asks about a view of yours. Please say for what work it was needed.`, month: (month, left, all) => `Of the ${all} drawn from ${month}, ${left} wait for you.`, go: 'Open the review' },
  hold: { ends: 'Less than 7 days are left of this hold. Extend it where it is still needed; else footage older than its time is erased.', go: 'Open the ledger' },
  rights: { lines: (left, all) => `Of ${all} lines of yours ${left} are left. See whether each post and what footage it gives is still needed.`, objection: (n) => `${n} appointments were objected to and are still in force. Read why, and end what is to end.`, go: 'Open the review of rights' },
  survey: { reply: (title, office, until, chased) => `${chased > 0 ? `Reminder no. ${chased}: ` : ''}${office} has not answered the survey ${title} yet. Please check what records say and ask for approval by ${until}.`, approval: (title, office) => `The reply of ${office} to the survey ${title} waits for approval. Approved, it goes to the centre.`, go: 'Open the reply' },
  duty: { body: (unit, done, rounds) => `${unit} has checked ${done} of ${rounds} this month. Please check the rest before it ends.`, go: 'Open the duty check' },

  report: {
    label: (camera) => `Report: ${camera}`, state: { sent: 'not received', received: 'received', investigating: 'investigating', no_issue: 'no issue', handled: 'handled' },
    steps: { sent: 'Sent', received: 'Received', outcome: 'Outcome' }, waiting: 'waiting for Crisis Management', working: 'waiting for the outcome',
    moment: 'Moment', camera: 'Camera', others: 'Other cameras', unit: 'Unit', from: 'From', note: 'What it is', answer: 'Answer of Crisis Management', see: 'See this moment', seeAll: 'See all cameras', who: 'Only the sender and Crisis Management can read this.',
    receive: 'Receive', received: 'Received', own: 'Somebody else answers one’s own report.',
    outcome: 'Outcome', outcomes: { no_issue: 'No issue', handled: 'Handled', investigating: 'Investigating' }, outcomeHint: 'No issue and handled close the report.', text: 'Answer to the sender', textHint: 'What was found, what was done.', long: 'At most 2,000 characters.', decide: 'Record the outcome', decided: 'The outcome is recorded', failed: 'This could not be recorded',
    filters: { open: 'open', closed: 'closed', all: 'all' }, none: { open: 'No open reports', closed: 'No closed reports', all: 'No reports' }, count: (n) => `${n}`,
  },
};
