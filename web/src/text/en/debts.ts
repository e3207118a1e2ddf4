import type { debts as ja } from '../ja/debts.ts';

export const debts: typeof ja = {
  pick: (what) => `Choose ${what}`, pickAll: 'Choose all that take one click', act: 'Action', chosen: (n) => `${n} chosen`, go: (n) => `Take the ${n} chosen on`, done: (n) => `${n} taken on`, refused: (n) => `${n} cannot go on, so none was.`, open: 'Open', clear: 'Clear', oneOf: (move, what) => `${move}: ${what}`,
  chase: {
    title: 'Reminders', note: (n) => `${n} people owe something`, none: 'Nobody owes anything that is due', go: 'Remind all', hint: 'Into their inbox, at most once a day each.', done: (n) => `${n} people were reminded`, heads: { who: 'Name', unit: 'Unit', count: 'Open', oldest: 'Due since', chased: 'Last reminded' }, never: '–', count: (n) => `${n}`,
  },
  copy: {
    button: "Copy last year's plan", title: (kind, year) => `${kind}: plan of ${year}`, lead: "Drafts are made from last year's records. Dates move on by a year, to a business day.", none: 'Last year has nothing to copy.', there: 'There already', fresh: 'To be made', heads: { of: 'Last year', title: "This year's draft", unit: 'Unit', state: '' }, go: (n) => `Make ${n} drafts`, done: (n) => `${n} drafts made`, cancel: 'Cancel',
  },
  batch: {
    button: 'Several at once', title: 'Inductions, several at once', lead: 'For people who begin on the same day, as on 1 April. Rows can be pasted from a spreadsheet.', shared: 'What is the same for all', people: 'People', unit: 'Unit', row: (n) => `Person ${n}`, remove: (n) => `Remove person ${n}`, add: 'Add a row', count: (n) => `${n} people`,
    go: (n) => `Record ${n} people`, done: (n) => `Recorded for ${n} people`, refused: (n) => `Mend ${n} places. Nothing was written.`, materialHint: 'Common material in use', noMaterial: 'No common material is in use: add training material first.', paste: 'Paste staff number, name, reading, work', back: 'Back to the list', trained: 'Where the training is on the first day, they are recorded as trained', whole: 'The row',
  },
};
