import type { records as ja } from '../ja/records.ts';

export const records: typeof ja = {
  page: 'Records', owed: 'Due', kinds: 'Kinds of record', ward: 'The ward', lead: 'Records of your unit. What was confirmed is not edited but corrected, with a reason.',
  groups: { daily: 'Day by day', staff: 'Staff and devices', place: 'Zones, terminals, systems', isms: 'ISMS', people: 'Notices and questions' },

  list: {
    search: 'Search', searchHint: 'Number, name, or part of the text', state: 'State', unit: 'Unit', from: 'From', to: 'To', all: 'All', dayHint: 'e.g. 2017-06-01', badDay: 'Write the day as 2017-06-01.',
    found: (n) => (n === 1 ? '1 record' : `${n.toLocaleString('en')} records`), none: 'No records yet', noneWhy: (kind) => `“New record” writes the first: ${kind}.`, noneRead: 'What people of the unit record is listed here.', nothing: 'Nothing fits', nothingWhy: 'Drop a condition.', clear: 'Clear',
    number: 'Number', unitHead: 'Unit', stateHead: 'State', day: 'Day', more: 'Read on', add: 'New record', uncovered: 'Terminals without a camera', take: 'Import', give: 'Export', csv: 'CSV', xlsx: 'Excel', template: 'Template (Excel)',
  },

  owe: {
    title: 'Due', note: (n) => (n === 0 ? '' : `${n}`), none: 'Nothing is due', noneWhy: 'What falls due within 7 days, or is late, is listed here.', late: (n) => (n === 1 ? '1 day late' : `${n} days late`), today: 'today', left: (n) => (n === 1 ? '1 day left' : `${n} days left`),
    heads: { due: 'Due', what: 'What', record: 'Record', unit: 'Unit' }, unseen: 'To be seen', lacking: 'Not done', lackingNote: 'no record within the days or the week of the norm', unseenNote: 'A deputy decided in your place.', table: 'What is due',
  },

  form: {
    create: (kind) => `New record: ${kind}`, edit: 'Edit', correct: 'Correct', unit: 'Unit', reason: 'Why it is corrected', reasonHint: 'It stays, beside what was said before', save: 'Save', saving: 'Saving…', cancel: 'Cancel', required: 'required', optional: 'optional',
    choose: 'Choose', date: 'yyyy-mm-dd', addRow: 'Add a row', removeRow: (n) => `Remove row ${n}`, find: { person: 'Search by name or number', unit: 'Search by name', link: 'Search by number or title' }, check: 'See what is marked.', problem: (n) => (n === 1 ? 'One thing is to be mended.' : `${n} things are to be mended.`), saved: 'Saved', rowOf: (name, n) => `${name}, row ${n}`,
  },

  sheet: {
    close: 'Close', gone: 'There is no such record', gonePeriod: 'It was removed, or is no longer yours to see.', history: 'History', version: (n) => `Version ${n}`, values: 'What it says', empty: '–', by: (who, when) => `${who}, ${when}`, print: 'Print', link: (label) => `Open ${label}`, referred: 'Records that refer to this one', moreReferred: 'There are others: search the lists for its number.', deputy: 'deputy', see: 'I have seen it', seen: 'Noted as seen', moved: (what) => `Recorded: ${what}`, changedFields: (names) => `Changed: ${names}`,
    what: { create: 'Written', edit: 'Edited', correct: 'Corrected', see: 'Seen' }, reason: 'Reason', needs: (what) => `Needed for “${what}”`, go: 'Go on',
  },

  take: {
    title: (kind) => `Import: ${kind}`, choose: 'Choose a file', hint: 'CSV (UTF-8 or CP932) or an Excel workbook of at most 10 MB, one record a row.', checking: 'Checking…', taking: 'Importing…', fine: 'Ready to be imported', counts: (n, changed, same) => `New ${n}, changed ${changed}, unchanged ${same}`, bad: (n) => (n === 1 ? 'One thing is wrong. Nothing was imported.' : `${n} things are wrong. Nothing was imported.`),
    heads: { line: 'Line', column: 'Column', what: 'What' }, row: 'the whole row', take: 'Import', again: 'Choose another file', done: (n) => (n === 1 ? 'One record was imported' : `${n} records were imported`), nothing: 'Nothing would change', template: 'Download the template', most: 'The first 500 are shown.',
  },

  paper: { confidential: '取扱注意', printed: (who, when) => `Printed by ${who}, ${when}`, number: 'Number', unit: 'Unit', state: 'State', versionNote: (n) => `Version ${n}` },
};
