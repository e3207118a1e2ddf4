import type { Text } from '../ja.ts';

export const rights: Text['rights'] = {
  page: 'Rights', tabs: { label: 'Pages of rights', who: 'Who may see what', grants: 'Time-limited rights', versions: 'Versions' },
  actions: {
    live: 'Live', past: 'Past', search: 'Search', main: 'Full quality', still: 'Still', 'still.mosaic': 'Mosaic still', bookmark: 'Bookmark', 'evidence.request': 'Ask evidence', 'evidence.approve': 'Approve evidence', hold: 'Hold', health: 'Health', who_viewed: 'Who viewed',
    records: 'Records', 'records.read': 'Read records', 'records.case': 'Case records', 'records.oplog': 'Operation logs', approve_policy: 'Approve rules', duty: 'Duty to look', 'duty.read': 'How the duty stands', 'duty.receive': 'Receive reports', cameras: 'Manage cameras', people: 'Manage people',
  },
  answers: { yes: 'Yes', purpose: 'Purpose', ask: 'Ask', no: '–' }, answersLong: { yes: 'yes', purpose: 'yes, with a purpose', ask: 'may ask', no: 'no' }, earlier: 'earlier footage only', others: 'of others', othersLong: 'yes, but never one’s own',
  more: (first, n) => (n > 1 ? `${first} and others` : first), people: (n) => ` (${n} people)`,
  sim: {
    at: (when) => `As of ${when}`, asOfNow: 'As of now', asOf: 'As of when', asOfBody: 'Appointments, reorganisations and placements of cameras are taken as of that time.', day: 'Date', dayHint: 'e.g. 2026-04-01', clock: 'Time', clockHint: 'e.g. 9:00', badDay: 'This is no date; write it like 2026-04-01.', badClock: 'This is no time; write it like 9:00.', look: 'Look as of then', back: 'Back to now',
    viewers: 'Who may see this camera', camera: 'Camera', who: 'Who', reason: 'Reason', effect: 'Effect', same: 'no change', why: 'Why', whyLong: (who) => `Why: ${who}`, whyTitle: (who, number) => `${who} and ${number}`, noRule: 'no rule allows it', byGrant: 'time-limited right', byDenial: 'exclusion', byEmergency: 'emergency viewing', rule: (n) => `rule, line ${n}`, othersCount: (n) => `${n} other people have no right to this camera.`, nobody: 'Nobody has a right to this camera.', own: 'Who may see, now, the cameras of which you may know the viewers.',
    person: 'What this person may see', personPick: 'Person', ofAll: (n) => ` of ${n}`, livePast: 'live and past', liveOnly: (past) => `live (past: ${past})`, since: (when) => `in office since ${when}`, noPost: 'No post at that time', elsewhere: 'Elsewhere', bar: (place, n, all) => `${place}: ${n} of ${all}`,
    shows: { label: 'Show', now: 'Now', after: 'After', diff: 'Difference' },
  },
  draft: {
    title: 'Try a change', note: 'nothing is saved', kinds: { label: 'Kind of change', appointment: 'Appointment', policies: 'Rules' }, person: 'Person', post: 'Post', unit: 'Unit', noUnit: 'whole ward', choose: 'Please choose', run: 'Try', again: 'Drop the change', missing: 'Choose a person and a post.', needUnit: 'This post needs a unit.', rules: 'rules.csv', rulesHint: 'Change the rules in force and see what that would do. To take effect, rules and their tests (access_test.yaml) change together, and a second person accepts them.',
    tests: (ok, all) => `Tests of the rules ${ok} / ${all}`, failing: (n) => `${n} results differ from the tests. Unless the tests change too, these rules would not take effect.`, gains: (n) => `${n} gain`, losses: (n) => `${n} lose`, nothing: 'No right changes', result: 'Before and after',
  },
  grants: {
    title: 'Time-limited rights and exclusions', list: 'List of time-limited rights', add: 'Ask', addOrDeny: 'Ask or exclude', none: 'There are no time-limited rights', noneWhy: 'Ask where somebody has to look besides what their post gives, as a deputy for instance. Crisis management decides, and it ends by itself.', pick: 'Choose one to see what it is about',
    kinds: { grant: 'Time-limited right', denial: 'Exclusion', emergency: 'Emergency viewing' }, states: { waiting: 'Waiting', planned: 'To begin', active: 'In force', expired: 'Expired', ended: 'Ended', refused: 'Refused' }, shows: { label: 'Show', open: 'In force, waiting', all: 'All' },
    who: 'Who', what: 'Gives', on: 'On', period: 'Period', reason: 'Reason', case: 'Case', asked: 'Asked', set: 'Set', decided: 'Decided', endedBy: 'Ended', forever: 'until lifted', range: (a, b) => `${a} – ${b}`, allActions: 'all footage, and who viewed it', unitCameras: (unit) => `cameras of ${unit}`, effect: 'What it would give', effectNow: 'What it does', by: (who) => who,
    approve: 'Approve', refuse: 'Refuse', end: 'Withdraw', lift: 'Lift', approved: 'Approved', refusedDone: 'Refused', ended: 'Withdrawn', lifted: 'Lifted', sureEnd: 'Pictures that are open end at once.', sureLift: 'They may then see what their posts give.', sureApprove: 'They may look for as long as it lasts.', sureRefuse: 'Who asked sees in the list that it was refused.',
    form: {
      title: 'Ask for a time-limited right', titleDeny: 'Exclude somebody', kind: 'Kind', lead: 'Crisis management decides; neither who asks nor who gets it.', leadDeny: 'It takes effect at once and beats posts and time-limited rights. The person is not told why. Somebody else lifts it.', login: 'Staff ID', scope: 'On', cameras: 'Cameras', unit: 'Unit', addCamera: 'Add a camera', removeCamera: (n) => `Remove ${n}`, actions: 'Gives', until: 'Last day', untilClock: 'Until', untilHint: '30 days at most', untilDeny: 'Last day (empty: until lifted)', reason: 'Reason', case: 'Case', caseHint: 'e.g. 8-014', submit: 'Ask', deny: 'Exclude', missing: 'Enter staff ID, on what, and the reason.', noActions: 'Choose what it gives.', badUntil: 'The end is not understood; write it like 2026-04-01 and 17:15.', asked: 'Asked. Crisis management decides.', denied: 'Excluded.',
    },
  },
  changes: { cameras: (n) => (n === 1 ? '1 camera' : `${n} cameras`), all: (n) => `and ${n} more`, gain: 'gains', loss: 'loses', own: 'own', other: 'others’', posts: 'By post', people: 'By person', none: 'Nobody’s rights change.', morePeople: (n) => `and ${n} more people` },
  versions: {
    title: 'Versions of settings and rules', kinds: { cameras: 'Cameras, organisation', policies: 'Rules' }, number: (n) => `Version ${n}`, kind: 'Kind', version: 'Version', state: 'State', proposed: 'Proposed', decided: 'Decided', list: 'List of versions',
    states: { accepted: 'Earlier', waiting: 'Waiting', refused: 'Refused', withdrawn: 'Withdrawn', force: 'In force' }, origins: { files: 'files', 'first start': 'first start', narrows: 'narrows', relaxed: 'no second person asked' },
    pick: 'Choose a version to see what it changes', wider: 'Why it needs a second person', compared: (n) => `compared with version ${n}`, first: 'The first version; there is none to compare it with.', rights: 'Rights', files: 'Files', noFiles: 'The files are the same.', unread: 'Rights cannot be compared', skipped: (n) => `${n} lines are the same`, minus: 'removed', plus: 'added',
    accept: 'Accept', refuse: 'Refuse', accepted: (n) => `Version ${n} accepted`, refused: (n) => `Version ${n} refused`, mine: 'You proposed it; somebody else decides.', who: 'Crisis management or information security may accept it, but not who proposed it.', sureRefuse: 'What is in force stays in force.', sureAccept: 'It takes effect at once.', secret: 'Credentials are covered.',
  },
};
