import type { Text } from '../ja.ts';

export const inquiries: Text['inquiries'] = {
  page: 'Inquiries', lead: 'People who were filmed ask who watched; the audit log answers',
  list: 'Inquiries', none: 'No inquiries', noneBody: 'What people ask on the public page appears here.', pick: 'Choose one from the list to read it and what an answer would say', gone: 'There is no such inquiry',
  states: { waiting: 'to answer', answered: 'answered', refused: 'not answered' },
  due: (d) => `due ${d}`, overdue: 'overdue', count: (n) => `${n} to answer`,
  place: 'Place', time: 'Time of the footage', asked: 'Asked', dueLong: 'Due', contact: 'Contact', noContact: 'none', number: 'Receipt', decided: 'Decided', by: (name, when) => `${name}, ${when}`,
  found: 'What an answer would say', foundLead: (when) => `From the audit log until ${when}. Without names.`, answer: 'What was answered',
  nobody: 'As far as the records say, nobody watched footage of that place and time.', withheld: (n) => `${n} more belong to a sealed case. They are not told before the seal ends.`,
  columns: { date: 'Watched on', post: 'Post', kind: 'What', purpose: 'Purpose', times: 'Times' }, kinds: { live: 'live', past: 'past', still: 'picture' }, noPurpose: '–', unknown: 'not known',
  note: 'A word to go with it', noteHint: 'Who asked will read it. Please write no names.', send: 'Answer', sent: 'Answered',
  refuse: 'Do not answer', reason: 'Why there is no answer', reasonHint: 'Who asked will read it.', refuseTitle: 'Do not answer this inquiry', refuseDo: 'Say why, and close', refused: 'Said why', missing: 'Please say why.', cancel: 'Cancel',
  why: 'Why', noteWas: 'With the words', log: 'To check the views one by one, search the audit log for this place and time.',
};
