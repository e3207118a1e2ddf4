import type { Text } from '../ja.ts';

export const survey: Text['survey'] = {
  page: 'Survey', lead: 'Offices are asked what they do; the report is made from their replies.', ownLead: 'Your reply goes to the centre once it is approved.',
  which: 'Survey', parts: { label: 'What is shown', replies: 'Replies', answers: 'Main answers', report: 'Report' },
  none: 'There is no survey for you to answer', noneWhy: 'When one begins it comes here and into your inbox.', noneKeep: 'There is no survey yet', noneKeepWhy: 'Prepare one: give it a period and a purpose.',
  states: { preparing: 'In preparation', asking: 'Being answered', collecting: 'Being collected', checking: 'Being checked', final: 'Final' },
  replyStates: { untouched: 'Not begun', draft: 'Being written', waiting: 'To be approved', submitted: 'Handed in', returned: 'Returned', confirmed: 'Confirmed' },
  period: (from, to) => `${from} – ${to}`,
  moves: { open: 'Begin asking', collect: 'Go on to collecting', check: 'Go on to checking', settle: 'Make it final', reopen: 'Back to asking', back: 'Back to collecting' },
  moved: (state) => `Now: ${state}`,
  summary: 'Progress', progress: (done, all) => `${done} of ${all} offices handed in`, byCategory: 'By category', head: { category: 'Category', all: 'Offices', done: 'Handed in', share: 'Share' },
  chase: 'Remind', chased: (n) => `${n} offices were reminded`, chaseNote: (n, day) => `Reminded ${n} times, last ${day}`, chaseHint: 'Into the inbox of every office that has not handed in; from the second time on to department heads too.',
  confirmAll: 'Confirm all that were handed in', confirmedAll: (n) => `${n} replies confirmed`,
  list: 'Offices', found: (n) => `${n} offices`, search: 'Name', filter: 'State', all: 'All', missing: 'Missing', columns: { name: 'Office', category: 'Category', state: 'State', changed: 'Last change' }, nothing: 'No office fits', clear: 'Clear the conditions', open: (name) => `Open the reply of ${name}`,
  reply: {
    label: (name) => `Reply of ${name}`, close: 'Close', pick: 'Choose an office to see its reply here', required: 'Not answered', prefilled: 'From records', take: 'Use this answer', source: (s) => `Taken from ${s}: please check.`, differs: (s) => `Records (${s}) say something else.`, none: '(no answer)',
    save: 'Save', saving: 'Saving…', saved: 'Saved', wrong: (n) => `Please look at ${n} places.`, reason: 'Reason', reasonHint: 'The others read it.', cancel: 'Cancel',
    moves: { submit: 'Ask for approval', approve: 'Approve and hand in', return: 'Return', confirm: 'Confirm the reply', send_back: 'Send back to the office' },
    moved: { submit: 'Approval was asked for', approve: 'Handed in', return: 'Returned', confirm: 'Confirmed', send_back: 'Sent back' },
    history: 'So far', what: { save: 'Saved', quote: 'Main answer edited', sample: 'Sample loaded' }, because: (r) => `Reason: ${r}`, unsaved: 'There are changes that are not saved.', returned: 'It was returned; the reason stands below.',
  },
  answers: {
    title: 'Main answers', lead: 'Choose what the report quotes. The original stays; the report has the edited text.', none: 'Nothing was written in words yet', noneWhy: 'Words of replies that were handed in come here.', main: 'In the report', mainLong: (name) => `Quote ${name} in the report`, edit: 'Edit', editLong: (name) => `Edit the answer of ${name}`, original: 'Original', edited: 'Text of the report', hint: 'Empty: as it was written.', save: 'Save', saved: 'The main answer was saved', count: (n, all) => `${n} of ${all} quoted`,
  },
  report: { print: 'Print', text: 'Text', pdf: 'PDF', xlsx: 'Excel tables', label: 'Report', notYet: 'There is a draft once the survey is being answered', draft: 'A draft, of what was handed in so far.' },
  create: {
    edit: 'Edit the survey', keep: 'Save', kept: 'The survey was changed',
    button: 'Prepare a survey', title: 'Prepare a survey', name: 'Short name', nameHint: 'Small letters, digits and hyphens, as r8-1', titleField: 'Title', purpose: 'Purpose', from: 'From', to: 'Until', since: 'Records from', sinceHint: 'Replies are prefilled from records of this day until the last one.', asOf: 'Day of the report', day: '2026-06-01', save: 'Prepare', done: 'The survey is prepared', cancel: 'Cancel',
    titleDefault: '情報セキュリティ強化に向けた取組みの実施状況について',
  },
  ask: { title: (what) => what, go: 'Go on', reason: 'Reason' },
};
