import type { weeks as ja } from '../ja/weeks.ts';

export const weeks: typeof ja = {
  page: 'Awareness week by week', list: 'List', year: (n) => `Fiscal ${n}`, earlier: 'Year before', later: 'Next year', pager: 'Fiscal year', print: 'Sheet of the year',
  word: 'Word of the week', out: (day) => `out since ${day}`, read: 'To be read out', none: 'No word of the week is out', noneWhy: 'The information office publishes one on Fridays.', write: 'Write a word of the week', writeNote: 'With a Friday to come as its day, it appears then.',
  method: 'How', methods: { morning_meeting: 'Morning meeting', meeting: 'Meeting', email: 'Mail', circular: 'Circular' }, present: 'Present', done: 'Done', doneIn: (unit) => `Done in ${unit}`, doneAll: (n) => `Done in all ${n} units`, told: 'Done', saved: (n) => (n === 1 ? 'Recorded' : `Recorded for ${n} units`), open: (unit) => `Open the record of ${unit}`,
  confirmed: (n, of) => `done in ${n} of ${of} units`, bars: 'Weeks by unit', unit: 'Unit', count: 'Weeks', rate: (n, of) => `${n} / ${of}`,
  states: { done: 'Done', missing: 'Missing', current: 'This week', ahead: 'To come', free: 'Not counted' },
  week: (from, to, state) => `${from} to ${to}: ${state}`, short: (m, d) => `${m}/${d}`, months: (m) => `${m}`,
  free: 'Weeks with at most one business day are not counted.',
  paper: { title: '啓発 年間実施一覧', back: 'Back to the weeks', print: 'Print', marks: '■ 実施　× 未実施　□ 今週・これから　／ 対象外の週（開庁日が1日以下）', made: '啓発の記録から作成' },
};
