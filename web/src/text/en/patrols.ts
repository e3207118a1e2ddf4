import type { patrols as ja } from '../ja/patrols.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

export const patrols: typeof ja = {
  page: 'Patrols of the month', views: 'View', month: 'Month', list: 'List', unit: 'Unit', monthOf: (y, m) => `${months[m - 1]} ${y}`, earlier: 'Month before', later: 'Next month', pager: 'Month',
  mode: 'What a tap records', fine: 'No findings', found: 'With findings', modeNote: { fine: 'A tap records “no findings”', found: 'A tap opens the form for findings', read: 'Patrols of the unit' },
  reportTo: 'Report to', copy: 'Same as the business day before', copied: (n) => `Recorded as on the business day before: ${n}`, print: 'Book of the month',
  none: 'No slot', noneArea: 'The whole office', slotsHint: 'With patrol slots, each area and time has a row.', slotsLink: 'Add patrol slots',
  weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'], slot: 'Slot', day: (m, d, w) => `${w}, ${months[m - 1]} ${d}`,
  legend: { fine: 'No findings', found: 'Findings', told: 'Reported, waiting', draft: 'Draft, not reported', today: 'Today' }, told: 'R',
  cell: { empty: 'not walked', future: 'to come', press: 'tap to record', fine: 'no findings', found: (n) => (n === 1 ? '1 finding' : `${n} findings`), told: 'reported, waiting', draft: 'draft, not reported', closed: 'closed', by: (names) => `by ${names}` },
  sum: { done: (n) => `${n} patrols`, days: (n, of) => `${n} / ${of} days`, found: (n) => `${n} findings`, told: (n) => `${n} waiting`, draft: (n) => `${n} not reported` },
  saved: (what) => `${what}: recorded, no findings`, closedDay: (what) => `${what} is a closed day. It is recorded as a patrol`,
  write: (what) => `${what}: a patrol with findings`, open: 'Open the record', takeBack: 'Take back', takeBackTitle: 'Take back a patrol', reason: 'Why', slip: 'A slip of the finger', taken: 'Taken back', go: 'Take back', cancel: 'Cancel',
  by: { manager: 'Manager', executing_officer: 'Executing officer', designated: 'Designated staff' },
  keys: 'Arrows move, Enter records, X opens the form for findings', grid: (unit, month) => `Patrols of ${unit}, ${month}`,
  book: {
    title: '月間巡回記録簿', back: 'Back to the month', print: 'Print', approval: ['部長', '統括管理者', '執行責任者', '担当'], day: '日', weekday: '曜', notes: '指摘・備考', count: '実施回数', days: '実施日数', found: '指摘件数', waiting: '確認待ち',
    times: (n) => `${n}回`, daysOf: (n, of) => `${n} / ${of}日`, cases: (n) => `${n}件`, foundIn: (label, n) => `${label} 指摘${n}件`, more: (n) => `ほか${n}件`,
    marks: '○ 指摘なし　△ 指摘あり　報 報告済・確認待ち　下 下書き　／ 閉庁日', draft: '下', made: '巡回の記録から作成',
  },
};
