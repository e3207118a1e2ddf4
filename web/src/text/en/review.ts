import type { Text } from '../ja.ts';

export const review: Text['review'] = {
  page: 'Review of views', lead: 'Every month some of the views are looked through',
  parts: { label: 'What to show', months: 'By month', mine: 'Asked of me', rights: 'Review of rights' },
  sample: 'The sample', month: 'Month', earlier: 'Month before', later: 'Month after', save: 'Signed report', saved: 'The report is saved', paper: 'For paper',
  none: 'Nothing was drawn yet', noneWhy: 'On the 2nd of each month the month before is drawn from: every view with hints or in a sealed case, and of the rest 5 % at random.',
  drawn: (d, views, items) => `drawn ${d}: ${items} of ${views.toLocaleString('en-GB')} views`, seed: (s, row) => `Seed ${s} (log up to row ${row}); it draws the same again`,
  which: { label: 'State', todo: 'To do', asked: 'Asked', settled: 'Settled', all: 'All' }, nothing: { todo: 'Nothing waits for you', asked: 'Nothing is being asked', settled: 'Nothing is settled', all: 'There is nothing' },
  pick: 'Choose one from the list',
  columns: { when: 'When', who: 'Who', what: 'Camera, what', why: 'Why drawn', state: 'State' }, number: (n) => `Item ${n}`,
  why: { sealed: 'sealed case', random: 'at random' }, sealedWhy: 'A view in a sealed case.', asked: 'Asked of the log', everything: 'everything', logs: { hints: 'Hints', hint: 'Hint', summary: 'How the analysis stands', report: 'Report' },
  fields: { actor: 'person', camera: 'camera', action: 'act', outcome: 'outcome', purpose: 'purpose', unit: 'unit', from: 'from', to: 'to', hinted: 'hints only' },
  choice: 'Choice', tick: (n) => `Choose item ${n}`, tickAll: 'Choose all', fine: (n) => (n > 0 ? `Find ${n} in order` : 'Find the chosen in order'), fineHint: 'Only those that need no question. Your own cannot be chosen.', fineDone: (n) => `${n} found in order`,
  states: { open: 'open', fine: 'in order', asked: 'asked', answered: 'answered', found: 'finding', done: 'done' },
  findings: { in_order: 'in order', remark: 'to be improved', serious: 'not right' },
  steps: 'So far', question: 'Question', answer: 'Answer', finding: 'Finding', measures: 'Measures', kind: 'Finding', missing: 'Please fill this in.',
  others: 'Somebody else decides about this one. Nobody decides about their own.',
  isFine: 'In order', ask: 'Ask', questionHint: 'It goes to the viewer’s inbox. Ask; do not assume.', askDone: 'Asked', waiting: 'Waiting for the answer. A finding can be written without one.',
  find: 'Write the finding', findingHint: 'It stands in the month’s report.', findDone: 'The finding is written', finish: 'Done', measuresHint: 'Who did what about it.', finished: 'Done',
  mine: {
    title: 'Asked of me', lead: 'Answer what is asked about your views', none: 'Nothing is asked', noneWhy: 'When an auditor asks about a view of yours, it comes here and to the inbox.', of: (month, n) => `Review of ${month}, item ${n}`, hint: 'For what work, and why it was needed. Auditors read it.', send: 'Answer', sent: 'Answered',
  },
  report: {
    title: 'Report of the review', print: 'Print', back: 'Back to the review', label: (n, all) => `Report, page ${n} of ${all}`, none: 'There is nothing', made: 'made from the log', open: '(not complete)', cases: (n) => n.toLocaleString('en-GB'),
    approval: ['Audit', 'Security', 'By'], facts: { views: 'Views', lookups: 'Look-ups', items: 'Sample', fine: 'In order', remark: 'To be improved', serious: 'Not right', left: 'Open' },
    columns: { n: 'No.', who: 'When, who', what: 'What, and so far', result: 'Result, by' }, because: 'drawn for', drawn: (d, row) => `drawn ${d} (log up to row ${row})`, seed: 'seed',
  },

  rights: {
    page: 'Review of rights', which: 'Day of the review', lines: 'Posts and rights', take: 'Begin a review', taken: 'The review has begun; department heads are told', none: 'There is no review yet', noneWhy: 'Once a year the posts of a day and what footage they give are written down, and department heads confirm them line by line. Information security begins it.',
    progress: (d, done, all, objected) => `as of ${d}: ${done} of ${all} decided${objected > 0 ? `, ${objected} objected to` : ''}`, closedOn: (d) => `closed ${d}`, closedNote: 'This review is closed.', how: 'See line by line whether the post and its rights are still needed. Object where they are not. Somebody else decides about your own line.',
    filters: { mine: 'To do', open: 'Open', objected: 'Objected', all: 'All' }, nothing: { mine: 'Nothing waits for you', open: 'Nothing is open', objected: 'Nobody objects', all: 'Nobody holds a post' },
    columns: { who: 'Person', post: 'Post, unit', period: 'Period', rights: 'Footage', state: 'State', act: 'Act' }, states: { open: 'open', confirmed: 'confirmed', objected: 'objected' }, endedState: 'objected, ended',
    actions: { live: 'live', past: 'past', main: 'main', still: 'stills', 'evidence.request': 'ask for evidence', 'evidence.approve': 'approve evidence', hold: 'hold' }, noFootage: 'no footage',
    tick: (name) => `Choose the line of ${name}`, confirm: (n) => (n > 0 ? `Confirm ${n} lines` : 'Confirm the chosen lines'), confirmHint: 'Choose only what is still needed.', confirmed: (n) => `${n} lines confirmed`,
    object: 'Object', objectLong: (name) => `Object to the post of ${name}`, objectTitle: 'Object', objectLead: 'Administrators and approvers are asked to end the appointment. Until it has ended the line stays objected to.', reason: 'Reason', reasonHint: 'such as moved in April', objected: 'You objected; the end is asked for',
    end: 'End it', endLong: (name) => `End the appointment of ${name}`, ended: (name) => `The appointment of ${name} is ended`,
    close: 'Close', closeTitle: 'Close the review', closeLead: (left) => (left > 0 ? `${left} lines are open. Once closed, nothing can be decided.` : 'Every line is decided. Once closed, nothing can be changed.'), remark: 'Remark', closed: 'The review is closed',
    paper: 'Review of rights', as: (d) => `as of ${d}`, approval: ['Head', 'Security', 'By'], back: 'Back to the review', label: (n, all) => `Review of rights, page ${n} of ${all}`,
  },
};
