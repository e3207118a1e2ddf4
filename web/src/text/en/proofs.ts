import type { proofs as ja } from '../ja/proofs.ts';

export const proofs: typeof ja = {
  page: 'Proof of controls', lead: (year) => `Which controls the records of ${year} prove`, list: 'Controls', year: 'Fiscal year', show: 'Show', all: 'All', lacking: 'Lacking',
  states: { proved: 'Proved', short: 'Too little', missing: 'Nothing', unset: 'Not set', excluded: 'Not applied' },
  heads: { code: 'No.', name: 'Control', state: 'Standing', count: 'Count', proof: 'Evidence', least: 'Needed', pack: 'Of', who: 'Made by', when: 'Asked', progress: 'Progress', files: 'Files', sums: 'SHA-256 of SHA256SUMS' },
  none: 'No control lacks anything', noneWhy: 'Every control that applies has evidence in this year.', empty: 'There are no controls', emptyWhy: 'Write the controls of the statement of applicability as records.', pick: 'Choose a control to see its evidence and what is missing',
  reason: 'Why it applies', edit: 'Open its record', ledger: 'Audit log', stands: 'In force', ofYear: 'Of this year', hidden: 'Your post does not read these records', gone: 'There is no such record',
  why: {
    missing: 'There is no evidence of this year. Keep records, or change which records prove it.', short: 'Some evidence is missing.', unset: 'Say in its record which records prove it.', excluded: 'The statement of applicability says that it does not apply.', proved: '',
  },
  singles: 'Single records', open: 'See the records', count: (n) => n.toLocaleString('en'), make: 'Make an evidence pack', makeOne: (code) => `Make the pack of ${code}`, makeAll: 'Make the pack of all controls',
  packs: 'Packs that were made', packsNote: 'Index, tables, printed records and the proof of the audit log in one ZIP', noPacks: 'None yet', noPacksWhy: 'Make one: the download begins, and its progress is shown here.',
  asking: 'The download has begun. Its progress is shown below.', whole: 'All controls', several: (n) => `${n} controls`,
  progress: { asked: 'To be fetched', making: 'Being made', done: 'Made', broken: 'Broken off' }, fetch: 'Fetch', steps: (made, steps) => `${made} / ${steps}`, made: (files, mb) => `${files.toLocaleString('en')} files, ${mb} MB`,
  settings: {
    title: 'Settings the articles govern', comparison: 'Old and new', none: 'No article of this regulation governs a setting.', article: 'Article', setting: 'Setting', says: 'It says', present: 'Set now', state: 'Agree', unset: 'Not set',
    names: { retention: 'Days kept', duty: 'Norm of looking', induction: 'Minutes of induction', viewing: 'Who may look, how far back', purpose: 'Purposes' }, states: { agrees: 'Agree', differs: 'Differ', unknown: 'Not comparable' },
    differs: 'An article and what is set differ', differsWhy: 'Amend the regulation, or set what it says. Whoever changes the setting names the article.',
  },
};
