import type { figures as ja } from '../ja/figures.ts';

export const figures: typeof ja = {
  page: 'Figures', lead: (year, day) => `${year}, as of ${day}`, overview: 'Obligations', overviewNote: 'Choose one to see it by department', ward: 'The whole ward', mine: 'The units you may see',
  year: 'Fiscal year', yearOption: (era, y) => `${y} (${era})`, at: 'As of', dayHint: 'e.g. 2026-09-30', badDay: 'Enter a date up to today, like 2026-09-30 or R8.9.30.', show: 'Show', today: 'Today', lastMonth: 'End of last month',
  past: (day) => `As it was recorded at the end of ${day}; without later corrections.`,
  parts: { done: 'Done', late: 'Done late', missing: 'Not done', open: 'Not due yet' },
  heads: { what: 'Obligation', rule: 'Rule', bar: 'Share', rate: 'Rate', before: 'A year before', due: 'Owed', unit: 'Unit' }, noBefore: 'Nothing was recorded a year before',
  byUnit: (what) => `${what} by unit`, level: 'Shown by', departments: 'Department', units: 'Unit', report: 'Report', reportOf: (name) => `Report of ${name}`,
  paper: {
    title: '運用状況報告書', back: 'Back to the figures', gone: 'The figures of this department are not for you', goneWhy: 'Your unit changed, or your post does not see them.', whole: '4月1日～3月31日', until: (day) => `4月1日～${day}`, boxes: ['部長', '統括管理者', '作成者'],
    heads: ['項目', '基準', '割合', '実施率', '前年差', '対象', '実施', '遅れ', '未実施', '期限前'],
    first: '1　取組の実施状況', second: '2　分野別（実施／期限の来たもの）', third: '3　特記事項', made: '記録から自動作成', note: (day) => `${day}の終わりに記録されていた内容による。実施率は、期限の来たもののうち実施したもの（遅れて実施したものを含む）の割合。前年差は1年前の同じ時点との差（ポイント）。`,
  },
};
