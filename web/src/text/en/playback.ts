import type { Text } from '../ja.ts';

export const playback: Text['playback'] = {
  page: 'Playback',
  layouts: { label: 'Layout', '1': '1', '4': '2×2', '9': '3×3', '16': '4×4', floor: 'Floor' },
  layoutNames: { '1': 'one camera', '4': '2×2', '9': '3×3', '16': '4×4', floor: 'every camera of this floor' },
  heading: (place, n) => `${place}, ${n === 1 ? '1 camera' : `${n} cameras`}`,
  add: 'Camera', addLong: 'Add a camera', full: 'There is room for 39 cameras.',

  rail: { label: 'Cameras', shown: 'On screen', near: 'Near by', nearNone: 'No other camera is near.', remove: (name) => `Remove ${name}`, add: (name) => `Add ${name}`, choose: (name) => `Measure by ${name}`, moveUp: 'Up', plan: (site, floor) => [site, floor].filter(Boolean).join(' ') },
  pick: { title: 'Choose cameras', body: 'Choose a room to play its cameras side by side, at one and the same moment.', rooms: 'By room', other: 'Choose single cameras', dialog: 'Add cameras', search: 'Name, number, place', none: 'No camera matches.', done: 'Close', room: (name, n) => `${name} (${n})`, chosen: (n) => `${n} on screen` },
  none: { title: 'There is no past footage for you', body: 'Your post comes with no cameras whose past you may view. Nothing is wrong. If your post or unit is not right, please tell Information Security.' },
  unknown: (ids) => `There are no such cameras, or they are not in your charge: ${ids}`,

  calendar: { label: 'Years', western: 'Western', era: 'Era' },
  go: { label: 'Go to a date and time', field: 'Date and time', go: 'Go', hint: 'e.g. 2017/6/28 18:24, H29.6.28 18:24:37, 6/28, 18:24',
    bad: 'This cannot be read. Type for example “2017/6/28 18:24”, “H29.6.28 18:24:37” or “18:24”.', badDay: 'The date cannot be read. Type for example “2017/6/28” or “H29.6.28”.', badClock: 'The time cannot be read. Type for example “18:24” or “18:24:37”.',
    future: 'That is still to come. Please type a time before now.', erased: (days) => `That is longer ago than footage is kept (${days} days). It is gone.` },

  tile: {
    reference: 'Reference', choose: (name, number) => `Measure by ${name} ${number}. Enter enlarges`, skew: (ms) => `${ms} ms`, skewLong: (ms) => `${ms} milliseconds from the reference`,
    gap: 'Gap', gapFrom: (range) => range, gapCause: (cause, d) => `${cause} (${d})`, others: 'The other cameras go on',
    joining: 'Catching up', end: 'End of the record', waiting: 'Loading',
  },
  sync: { chip: 'Skew', value: (ms) => `±${ms} ms`, one: 'one camera', keys: 'Key pictures', keysWhy: 'At high speed, and of many cameras, only key pictures are shown', gathering: 'Lining up', long: 'Difference from the reference camera. All start by the server’s clock; one that strays is brought back' },
  stage: 'Cameras at one moment',

  lanes: { label: 'Cameras with a record', noPast: 'not permitted' },
  preview: { label: 'Picture under the pointer', gap: (cause, d) => `Gap: ${cause} ${d}`, none: 'No footage', loading: 'Loading' },

  transport: { prev: 'Previous activity', next: 'Next activity', skip: 'Skip gaps', skipOn: 'Skip gaps: on', skipOff: 'Skip gaps: off', live: 'Live', noMore: (forward) => (forward ? 'Nothing moved in the 7 days after.' : 'Nothing moved in the 7 days before.'), noNext: 'Activity could not be looked up. Please try again.', jumped: (clock) => `Activity at ${clock}` },

  panel: { label: 'Purpose and bookmarks', title: 'Purpose and case', change: 'Change', choose: 'Choose a purpose', purpose: 'Purpose', case: 'Case', keep: 'Kept', erase: 'Erased', keepDays: (n) => `${n} days`, erased: (date) => `this footage on ${date}`, noCase: '–',
    gaps: 'Gaps', gapsIn: (w) => `in view: ${w}`, noGaps: 'No gaps in view.', more: (n) => `${n} more`, goGap: (name, when) => `Go to just before the gap of ${name} at ${when}` },
  bookmarks: { title: 'Bookmarks', add: 'Add', none: 'None yet. Mark a moment you want to find again.', noneShort: 'None in view.', still: 'Still', go: (when, text) => `Go to ${when} ${text}`, failed: 'Bookmarks could not be loaded.', mine: 'only you', shared: 'shared', all: 'All bookmarks' },
  adding: { title: 'Add a bookmark', at: 'Moment', camera: 'Camera', text: 'Note', hint: '1 to 500 characters. Not for judging anybody.', share: 'Seen by', mine: 'Only me', mineWhy: '', shared: 'Shared in the jurisdiction', sharedWhy: 'whoever may bookmark this footage', save: 'Add', saving: 'Adding…', cancel: 'Cancel', missing: 'Please write a note.', failed: 'The bookmark could not be added.', done: 'Bookmark added' },
  still: { button: 'Still', title: 'Still', kept: 'The still is kept. You find it among your bookmarks.', inside: 'The picture does not leave the system. To download or print it, request an export.', loading: 'Fetching the picture', failed: 'The still could not be kept.', noDecoder: 'This computer cannot show the still. It is kept.', alt: (camera, at) => `Still of ${camera} at ${at}`, note: 'Note', share: 'Share in the jurisdiction', save: 'Save', saved: 'Saved', close: 'Close', discard: 'Discard', discarded: 'The still is discarded' },
  link: { button: 'Link', long: 'Copy a link to this moment', copied: 'Copied', failed: 'This could not be copied. Please use the address.' },
  keys: { hold: 'Hold', activity: 'last, next activity', go: 'go to a time', bookmark: 'bookmark', still: 'still', tile: 'reference', enlarge: 'enlarge, back', copy: 'link' },
};
