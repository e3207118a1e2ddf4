import type { Text } from '../ja.ts';

/** settings is the text of the page /settings. */
export const settings: Text['settings'] = {
  page: 'Settings',
  lead: 'Your settings are kept by the server and hold on every computer',
  saved: 'Saved',
  failed: (why) => `This could not be saved. ${why}`,
  loadFailed: 'Your settings cannot be loaded; trying again.',

  show: {
    title: 'Display', language: 'Language', languages: { ja: '日本語', en: 'English' }, languageHint: 'Also for the sign-in page of this computer',
    calendar: 'Years', calendars: { western: 'Western', era: 'Era', both: 'Both' }, calendarHint: (date) => `as in ${date}`, calendarNote: ' (ledgers on paper count by eras)',
    start: 'First page', startHint: 'Opened when you sign in',
    overlay: 'Lay my post, name and the time faintly over pictures', overlayHint: 'Should a photograph of a screen get out, it says whose screen it was', overlayAlways: 'Your post, name and the time always lie over pictures (set for everybody)',
  },

  purpose: {
    title: 'Purpose', none: 'Not chosen yet. You choose it when you view past footage.', change: 'Change the purpose', choose: 'Choose a purpose', case: 'Case number', caseHint: 'Kept with the purpose in the record of views', caseNone: 'none', save: 'Keep', saved: 'The case number is kept', cleared: 'The case number is removed', never: 'Never for judging work or attendance.',
  },

  session: {
    title: 'You, and this session', who: 'Name', posts: 'Posts', since: (d) => `since ${d}`, noPost: 'No post at present', until: 'The session ends', untilHint: 'The page tells you before. To go on working, sign in again.', today: 'today', signOut: 'Sign out',
  },

  sets: {
    title: 'Saved walls', lead: 'Arrangements of cameras you saved on the wall', none: 'No saved walls', noneWhy: 'Arrange pictures on the wall and press “Save”: they will be here.', list: 'Saved walls',
    about: (layout, n) => `${layout}, ${n === 1 ? '1 camera' : `${n} cameras`}`, layouts: (n) => `${n} pictures`, floor: 'this floor', updated: (d) => `saved ${d}`,
    open: 'Open', openLong: (name) => `Open “${name}” on the wall`, rename: 'Rename', renameLong: (name) => `Rename “${name}”`, remove: 'Delete', removeLong: (name) => `Delete “${name}”`,
    sure: (name) => `Delete “${name}”?`, sureWhy: 'Cameras and records stay as they are. This cannot be undone.', cancel: 'Cancel', name: 'Name', missing: 'Please enter a name of 1 to 60 characters.', submit: 'Rename', renamed: (name) => `It is now “${name}”`, removed: (name) => `“${name}” is deleted`, failed: 'This did not work. Please try again.',
  },

  keys: {
    title: 'Keys', note: 'On pages of footage, ? lists the keys of that page.',
    groups: { time: 'Time', picture: 'Pictures', page: 'Page' },
    ten: '10 s back, forward', minute: '1 min back, forward', jkl: 'reverse, pause, play', play: 'play, pause', frame: 'frame by frame', activity: 'previous, next activity', live: 'live', goTo: 'go to a date and time',
    tile: 'choose a picture', enlarge: 'enlarge, and back', full: 'full screen', bookmark: 'bookmark', search: 'find', help: 'all keys', close: 'close, cancel', next: 'next item', plan: 'between cameras on a plan',
  },
};
