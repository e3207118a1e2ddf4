import type { Text } from '../ja.ts';

export const oplog: Text['oplog'] = {
  page: 'Logs', title: 'Operation logs', never: 'Hints are marks, never verdicts. They are not for appraisal.',
  parts: { label: 'What is shown', hints: 'Hints', counts: 'Counts', reports: 'Reports', imports: 'Import' },
  unknown: 'unknown', ages: (a, b) => `${a}–${b}`, older: (a) => `${a} and over`, aged: (ages) => ages, about: (name, what) => `${name} (${what})`,
  sexes: { m: 'men', f: 'women', x: 'other or unknown', '': 'unknown' },
  actions: { search: 'search', view: 'view', print: 'print', update: 'update' },
  criteria: { name: 'name', address: 'address', birthday: 'birthday', person_ref: 'resident number', my_number: 'My Number', other: 'other', '': '–' },
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], hourOf: (day, hour) => `${day} ${hour}:00`, hour: (h) => `${h}`,
  empty: { title: 'No operation logs were imported yet', imports: 'Import the register of staff and the logs of the resident system.', others: 'They appear here once analysts or information security import them.', go: 'Open the import' },
  filter: { state: 'State', rule: 'Hint', unit: 'Unit', open: 'Not done', all: 'All', late: 'Overdue', anyRule: 'All hints', anyUnit: 'All units', clear: 'Clear the conditions' },
  hints: {
    list: 'Hints', count: (n, late) => `${n}${late > 0 ? `, ${late} overdue` : ''}`, none: 'There are no hints', noneWhy: 'All of them are done. Each import is looked through by the rules H1 to H14.', nothing: 'No hint fits', pick: 'Choose one to see its figures and some of its operations', gone: 'There is no such hint, or you may not read it.',
    heads: { due: 'Due', hint: 'Hint', staff: 'Staff', unit: 'Unit', figure: 'Figure', state: 'State' }, noDue: '–', late: 'Overdue', open: (rule, name, who) => `Open ${rule} ${name} ${who}`, most: 'The newest 1,000 are shown.',
  },
  states: { new: 'New', asked: 'Unit asked', necessary: 'Needed for work', look: 'To be looked into', footage: 'Footage asked for', handed: 'Handed over', done: 'Done' },
  hint: {
    body: 'The hint', staff: 'Staff', unit: 'Unit', person: 'Person looked up (pseudonym)', several: 'several', period: 'Period', events: 'Operations', eventsOf: (n) => n.toLocaleString('en'), due: 'Due', answers: 'Answered by', levels: { unit: 'head of the unit', department: 'department head', office: 'information security', audit: 'auditor' },
    figures: 'Figures', heads: { figure: 'What', value: 'Value', peers: 'Median of peers', range: '95 % confidence' }, noPeers: '–',
    ordinary: 'Possible ordinary reasons', samples: 'Some of its operations', samplesOf: (n, all) => `${n} of ${all.toLocaleString('en')}`, sample: { at: 'When', terminal: 'Terminal', business: 'Business', action: 'Operation', person: 'Pseudonym', cased: 'Number or reason' }, cased: 'given', uncased: 'none',
    lapses: (days) => (days < 1 ? 'Footage is erased today' : `Footage is erased in ${days} days`), lapsed: 'Footage was erased', soon: 'The footage is erased soon. If this is to be looked into, ask for it early.',
    footage: 'Footage request', outcome: (o) => `Outcome: ${o}`, outcomes: { seen: 'seen', unclear: 'unclear', nothing: 'nothing' },
  },
  handle: {
    title: 'Handling', none: 'In this state there is nothing for you to do.', reason: 'Reason', reasonHint: 'It stays, with your name and the time. Nothing about the person looked up, please.', missing: 'Please give a reason.', cancel: 'Cancel',
    moves: { ask: 'Ask the unit', necessary: 'Needed for work', look: 'Look into it', hand_over: 'Hand over', close: 'Close' },
    hints: { ask: 'The head of the unit is asked to answer within 5 business days.', necessary: 'Say what the work was, and why it was needed.', look: 'Footage can be held and asked for from then on.', hand_over: 'To crisis management and personnel.', close: 'Nothing more is done about it. The same operations do not raise it again.' },
    done: { ask: 'The unit was asked', necessary: 'Noted as needed for work', look: 'To be looked into', hand_over: 'Handed over', close: 'Closed' },
    noCover: 'No camera covers the terminals, so there is no footage to ask for.', footage: 'Ask for footage', footageOf: (terminal, n) => `${terminal}, ${n} operations`, footageWhy: 'Crisis management looks at the cameras of the terminal at that time, and holds the footage. Only the outcome comes here.', request: (number) => `Open request ${number}`,
  },
  identity: {
    title: 'Re-identification', note: 'Done in the resident system; no name comes here', ask: 'Ask for it', person: 'Pseudonym', reason: 'Reason', reasonHint: 'Somebody of information security decides, not who asked.', save: 'Ask', askDone: 'It was asked for', approve: 'Approve', refuse: 'Refuse', approveDone: 'Approved; it is done in the resident system', refuseDone: 'Refused',
    states: { waiting: 'To be approved', approved: 'Approved', refused: 'Refused' }, by: (name, when) => `Asked by ${name}, ${when}`, decided: (name, when) => `decided by ${name}, ${when}`,
  },
  history: { title: 'History', found: 'Found by an import', moves: { ask: 'Unit asked', necessary: 'Needed for work', look: 'To be looked into', footage: 'Footage asked for', outcome: 'Outcome of the footage', hand_over: 'Handed over', close: 'Closed' } },
  counts: {
    table: 'Table', from: 'First month', to: 'Last month', unit: 'Unit', business: 'Business', anyUnit: 'All units', anyBusiness: 'All businesses', pickUnit: 'Choose a unit', pickUnitWhy: 'Staff by sex and age are compared within a unit.',
    compare: 'Compared with', previous: 'Period before', year: 'Year before', tables: { staff: 'By staff', person: 'By person looked up (pseudonym)', sex: 'By sex', age: 'By age', area: 'By area', hour: 'By hour and weekday', terminal: 'By terminal', business: 'By business', action: 'By operation', criteria: 'By criteria', pairs: 'Staff × person (repeated)', protected: 'Protected persons (pseudonym)', whom: 'Sex × age × area', cross: 'Staff × sex × age' },
    total: (n) => `${n.toLocaleString('en')} operations`, more: (n) => `${n.toLocaleString('en')} more rows, in the total`, n: 'Operations', change: 'Change', uncased: 'Without a number', protected: 'Protected', noBefore: 'There are no counts of that period', none: 'No operation of this period fits', noneWhy: 'Choose other months, another unit or business.',
    export: 'Export', xlsx: 'Excel', csv: 'CSV', print: 'Print', masked: (n) => `In files, numbers below ${n} are shown as ＊`,
    paper: (n) => `＊: below ${n}`, rowsOf: (table) => `${table}: table`, chartOf: (table) => `${table}: chart`, chart: 'Chart', bars: (n) => `First ${n} rows`, now: 'This period', heat: 'The darker, the more', staffUnit: 'Unit',
  },
  cross: { title: 'Staff × sex × age', note: 'Colour: share of their operations. Frame: twice the median of peers, and 10 points above it', total: 'All', profile: (who) => `Whom ${who} looked up`, ages: 'Age', sex: 'Sex', n: 'Operations', share: 'Share', peers: 'Median of peers', bar: 'Chart', pick: 'Choose a member of staff to see them beside their peers', said: (n, share, peers) => `${n}, ${share} (median of peers ${peers})`, close: 'Close' },
  tiles: {
    label: 'How the analysis stands', hints: 'Hints not done', hintsUnit: '', none: 'No hint waits', late: (n) => `${n} overdue`, lapse: 'First footage goes in', days: 'days', noLapse: 'No footage is about to go', openHint: 'Open the hint',
    taken: 'Import', has: (month) => `${month} was imported`, due: (month, day) => `${month} is due on ${day}`, overdue: (month, day) => `${month} is missing (due ${day})`,
    last: 'Last month', month: (month) => `Operations in ${month}`, operations: '', previous: 'Month before', year: 'Year before',
  },
  areas: { title: 'Sex × age × area', area: 'Area', total: 'All', note: (n) => `The darker, the more. On paper and in files, numbers below ${n} and what gives them away are ＊`, more: (n) => `${n.toLocaleString('en')} more areas`, lastYear: 'Operations older than a year are not kept. Choose other months, another unit or business.' },
  reports: {
    label: 'Report on operation logs', kind: 'Kind of report', kinds: { month: 'Month', quarter: 'Quarter', year: 'Year' }, period: 'Period', quarter: (year, n) => `FY${year} Q${n}`, year: (year) => `FY${year}`,
    files: { pdf: 'PDF', xlsx: 'Excel', csv: 'CSV' }, review: 'Review of the analysts’ look-ups',
  },
  imports: {
    refused: 'Logs are imported by analysts or information security.', take: 'Import operation logs', takeNote: 'Looked at first; taken only if every line is right', profile: 'System', media: 'Number of the medium', mediaHint: 'The number on the medium it came on; its erasure is noted by it.', choose: 'Choose a file', checking: 'Looking at it…', taking: 'Importing…', again: 'Choose another file', commit: 'Import', needMedia: 'Say the number of the medium.',
    privacy: 'Numbers of residents and households become pseudonyms while they are read. Names, birthdays, house numbers and what was searched for are not taken.', fine: 'Every line can be imported.', nothing: 'Nothing in it is new.', bad: (n) => `${n.toLocaleString('en')} lines are wrong, so none is imported. Correct them and choose the file again.`, problems: 'Wrong lines', first: (n) => `The first ${n} are shown`, whole: 'line',
    heads: { line: 'Line', column: 'Column', what: 'What' }, encoding: 'Encoding', rows: 'New lines', duplicates: 'Known lines', period: 'Period', strangers: 'IDs not in the register', homeless: 'Terminals not in the list', sample: 'The first lines, as they are kept', done: (n) => `${n.toLocaleString('en')} lines were imported`,
    list: 'Imports', none: 'There are no imports yet', columns: { id: 'No.', media: 'Medium', period: 'Period', rows: 'Lines', duplicates: 'Known', by: 'By', at: 'When', erased: 'Medium erased' }, erase: 'Note its erasure', eraseOf: (media) => `Note the erasure of medium ${media}`, erased: (day, who) => `${day}, ${who}`, eraseDone: 'The erasure is noted', notErased: 'Note it once the medium is erased.',
    staff: 'Register of staff', staffNote: (n) => `${n.toLocaleString('en')} people`, staffHint: 'Who worked where, and when. Take it before the logs of a month. Columns: 職員番号, 氏名, 所属コード, 配属開始日 (and 配属終了日, 任用区分, 業務, 同意署名日, 宛名番号, 世帯番号, 休暇, 住所)', staffFine: (tenures, leave) => `${tenures.toLocaleString('en')} tenures and ${leave.toLocaleString('en')} days of leave can be taken.`, staffDone: (n) => `${n.toLocaleString('en')} tenures were taken`, staffChoose: 'Choose a register', staffCommit: 'Take the register',
  },
};
