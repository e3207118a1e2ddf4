import type { people as ja } from '../ja/people.ts';

export const people: typeof ja = {
  page: 'People',
  views: { label: 'Parts of this page', list: 'People', waiting: 'Approvals', units: 'Units and vacancies', import: 'Import', reorganisation: 'Reorganisation' },
  keeping: 'Only administrators use this. Ask one of them.',
  lead: 'A post gives its rights only while it is held',

  list: {
    title: 'All people', table: 'People', search: 'Find somebody', searchHint: 'Name, kana, login or staff number', unit: 'Unit', post: 'Post', day: 'Day', dayHint: 'today', state: 'State', all: 'All',
    states: { active: 'with a post', none: 'without a post', waiting: 'to be approved', new: 'not yet here', disabled: 'kept out' },
    found: (n) => (n === 1 ? '1 person' : `${n} people`), shown: (n, of) => `${n} of ${of} are shown. Narrow the search.`, none: 'Nobody fits', noneWhy: 'Drop a condition, or search by part of a name.', clear: 'Clear', add: 'Add somebody',
    heads: { name: 'Name', number: 'Number', post: 'Post', state: 'State' }, noPost: 'no post', more: (n) => `and ${n} more`, pick: 'Choose somebody', pickWhy: 'Their posts, and what can be done, appear here.', badDay: 'This is not a day. For example: 2018/4/1',
  },

  sheet: {
    directory: 'Use the ward account', directorySure: (name) => `Let ${name} sign in with the ward account?`, directoryWhy: 'The password of Yagura is gone and sign-ins end. From then on only the ward account lets them in. Posts and rights stay.', directoryNow: (name) => `${name} signs in with the ward account now`,
    local: 'Use a password of Yagura', localSure: (name) => `Let ${name} sign in with a password of Yagura?`, localWhy: 'The ward account lets them in no longer. They choose a password by a recovery.', localNow: (name) => `${name} needs a password of Yagura now`, signIn: 'Signs in with', byDirectory: 'the ward account',
    label: (name) => `Sheet of ${name}`, id: 'Login', number: 'Staff number', kana: 'Kana', noNumber: 'none', gone: 'There is no such person', close: 'Close the sheet',
    active: 'in use', disabled: 'kept out', new: 'not yet here',
    edit: 'Edit', disable: 'Keep out', enable: 'Let in again', invite: 'Ask for the first sign-in', appoint: 'Add a post',
    disableSure: (name) => `Keep ${name} out?`, disableWhy: 'Sign-ins and running pictures end at once. The record of posts stays.', enableSure: (name) => `Let ${name} in again?`, enableWhy: 'Posts that see footage, and information security, are not in force until somebody outside administration approves them again.',
    inviteSure: (name) => `Ask for the first sign-in of ${name}?`, inviteWhy: 'The first half of a code is shown here; who approves gets the second. It is good for 7 days, and the person chooses a password.', inviteReason: 'First sign-in', half: 'First half of the code', halfWhy: 'Tell nobody but this person. It is shown only now. It is approved on the page “Recovery”.', told: 'I have told them',
    disabledNow: (name) => `${name} is kept out`, enabledNow: (name) => `${name} may sign in again`, saved: 'Saved', added: (name) => `${name} was added`,
  },

  posts: {
    title: 'Posts', list: 'Posts held', none: 'No post yet', noneWhy: '“Add a post” takes a post, a unit and a time.',
    kinds: { regular: 'regular', concurrent: 'concurrent', acting: 'acting' },
    states: { now: 'in force', future: 'to come', past: 'over', waiting: 'to be approved', refused: 'refused' },
    period: (from, to) => `${from} – ${to}`, open: (from) => `since ${from}`, axis: (from, to) => `from ${from} to ${to}`, now: 'now',
    asked: (who) => `asked by ${who}`, decided: (who) => `approved by ${who}`, refusedBy: (who) => `refused by ${who}`, footage: 'sees footage',
    end: 'End', endLong: (what) => `End: ${what}`, withdraw: 'Take back', withdrawLong: (what) => `Take back the request: ${what}`, approve: 'Approve', approveLong: (who) => `Approve ${who}`, refuse: 'Refuse', refuseLong: (who) => `Refuse ${who}`,
    mine: 'Somebody else approves: not who asked, nor who is appointed', approved: (who) => `Approved: ${who}`, refused: (who) => `Refused: ${who}`, withdrawn: 'The request was taken back',
    ended: (what) => `Ended: ${what}`, willEnd: (what, when) => `${what} ends on ${when}`,
  },

  endForm: { title: (what) => `End ${what}?`, why: 'Ended now, running pictures end at once, and say why.', when: 'When', at: { now: 'Now', day: 'On a day' }, day: 'Day', dayHint: 'The right is gone from midnight of that day on. For example: 2018/4/1', submit: 'End it' },

  personForm: {
    add: 'Add somebody', edit: 'Edit', login: 'Login', loginHint: 'a-z, 0-9, . _ -; it cannot be changed later', name: 'Name', nameHint: 'A full-width space between family and given name', kana: 'Kana', number: 'Staff number', submit: 'Add', save: 'Save', missing: 'Please enter a login and a name.',
    after: 'People choose their own password: ask for the first sign-in afterwards, and two people hand over the code.',
  },

  appointForm: {
    title: (name) => `A post for ${name}`, post: 'Post', unit: 'Unit', noUnit: 'the whole ward', kind: 'Kind', kindHint: 'One regular post at a time.', from: 'First day', fromHint: 'Empty: from now', to: 'Ends on', toHint: 'Empty: open. It ends at midnight, as this day begins',
    choose: 'Choose', missing: 'Please choose a post.', missingUnit: 'This post needs a unit.', badDay: 'This is not a day. For example: 2018/4/1', order: 'The end must be after the first day.',
    footage: 'This post sees footage. It is not in force until somebody outside administration approves it.', decides: 'This post approves the rights of others. It is not in force until somebody outside administration approves it.', noFootage: 'This post sees no footage. It is in force at once.', submit: 'Ask for it', submitNow: 'Appoint', asked: 'It waits for approval', done: 'Appointed',
  },

  waiting: {
    title: 'Appointments to be approved', list: 'Waiting appointments', lead: 'Posts that see footage, and information security, are approved by somebody who did not ask, is not appointed, and is no administrator', none: 'Nothing waits', noneWhy: 'What administrators ask for appears here.', since: (when) => `asked ${when}`, view: (name) => `Sheet of ${name}`, what: (title, unit) => (unit ? `${title}, ${unit}` : title),
  },

  take: {
    title: 'Import a file', lead: 'You see what changes before it does. One error, and nothing changes', choose: 'Choose a file', chooseHint: 'Excel (.xlsx) or CSV, at most 10 MB and 5,000 lines', again: 'Choose another file', drop: 'Or drop it here', recheck: 'Check the corrected file', busy: 'Checking…',
    templates: 'Templates', xlsx: 'Template (Excel)', csv: 'Template (CSV)', filled: 'Everybody (Excel)', templatesWhy: 'One line is one post of one person. To end a post, write its last day plus one. What is not in the file stays as it is.',
    problems: (n) => (n === 1 ? '1 thing to correct' : `${n} things to correct`), problemsWhy: 'Correct the file and choose it again. Nothing has changed yet.', problemTable: 'To correct', heads: { line: 'Line', column: 'Column', text: 'What is wrong, and what to do' }, whole: 'whole line',
    effects: (name) => `What ${name} changes`, effectTable: 'What changes', effectHeads: { line: 'Line', who: 'Who', what: 'Change', post: 'Post' }, nothing: 'Nothing would change',
    what: { new: 'new', changed: 'renamed', appointed: 'appointed', waiting: 'to be approved', ended: 'ended', same: 'unchanged' }, count: (what, n) => `${what}: ${n}`, showSame: 'Show what does not change', more: (n) => `and ${n} more, counted above`, ends: (when) => `ends ${when}`,
    submit: (n) => (n === 1 ? 'Import 1 change' : `Import ${n} changes`), submitWhy: 'Posts that see footage, and information security, are not in force until somebody outside administration approves them.', done: (name) => `${name} was imported`, doneWhy: 'Posts that see footage, and information security, wait for approval. New people can sign in once their first sign-in is asked for.', toWaiting: 'To the approvals', toNew: 'People not yet here', tooLarge: 'The file is too large: 10 MB at most.',
  },

  reform: {
    steps: { label: 'Steps of a reorganisation', choose: 'Day and files', chooseNote: 'the new organisation, who moves', look: 'What it does', lookNote: 'who will see what', proposed: 'To be approved', proposedNote: 'by somebody else' },
    title: 'Prepare a reorganisation', lead: 'See beforehand who will see which camera on that day', day: 'Day', dayHint: 'From midnight of this day on. For example: 2027/4/1', badDay: 'This is not a day. For example: 2027/4/1',
    organisation: 'The new organisation', organisationHint: 'A table of units (Excel, CSV), or organisation.yaml. Units that end stay in it, with their last day plus one and who takes over', appointments: 'Who moves', appointmentsHint: 'Excel or CSV, as for an import. New units may be named', choose: 'Choose a file', change: 'Choose another', none: 'nothing chosen',
    current: 'As it is', xlsx: 'Units (Excel)', csv: 'Units (CSV)', yaml: 'organisation.yaml', currentWhy: 'Take the organisation as it is, and edit it.',
    missing: 'Please choose a day, and a file with the new organisation.', submit: 'See what it does', busy: 'Checking…', problems: { organisation: 'The new organisation needs correcting', appointments: 'The file of people needs correcting' },
    tabs: { label: 'What to look at', people: 'People', cameras: 'Cameras', gaps: 'Vacancies, lost posts', posts: 'Who moves' },
    sum: { people: (n) => `people who see other cameras: ${n}`, cameras: (n) => `cameras of other units: ${n}`, orphans: (n) => `without a unit: ${n}`, unseen: (n) => `no head sees: ${n}`, vacant: (n) => `vacant: ${n}`, stranded: (n) => `posts of units that end: ${n}`, none: 'Nothing changes' },
    on: (day) => `What changes on ${day}`, beside: 'Beside today. What waits for approval counts as approved',
    cameraTable: 'Cameras whose units change', cameraHeads: { camera: 'Camera', before: 'Units today', after: 'Units then', state: 'To look at' }, orphan: 'no unit', unseen: 'no head sees it', noUnit: '–', noCameras: 'No camera changes its units',
    vacant: 'Units with cameras and without a head', noVacant: 'Every unit with cameras has a head', stranded: 'Posts of units that end', strandedWhy: 'They give nothing from that day on. Add a post in the new unit to the file of people.', heirs: (names) => `taken over by ${names}`, noHeirs: 'nobody takes over', noStranded: 'No post is left in a unit that ends', noPosts: 'No file of people was chosen', noChanges: 'Everybody sees what they see today',
    propose: 'Propose it', proposeWhy: 'The organisation as a version, and posts that see footage and information security as appointments, wait for somebody outside administration.', back: 'Back to day and files',
    done: (n) => `The reorganisation was proposed (version ${n} of cameras and organisation)`, waits: 'This version waits for approval. Until then the organisation stays as it is.', inForce: 'This version widens nothing and is in force already.', file: 'Once it is approved, replace organisation.yaml on the server too.', toVersion: 'See the version', toWaiting: 'Appointments to be approved',
  },

  units: {
    title: 'Units and heads', table: 'Units', lead: 'in the order of the organisation', heads: { unit: 'Unit', head: 'Post of its head', who: 'Held by', cameras: 'Cameras' }, vacant: 'vacant', none: '–', onlyVacant: 'Vacancies only', vacancies: (n) => (n === 1 ? '1 vacancy' : `${n} vacancies`), noVacancy: 'No vacancy', people: (name) => `People of ${name}`, nothing: 'There are no units on that day',
  },

};
