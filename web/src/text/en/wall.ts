import type { Text } from '../ja.ts';

export const wall: Text['wall'] = {
  page: 'Live wall',
  stage: 'Pictures', place: (n) => `Place ${n}`, empty: 'Empty', emptyHint: 'Choose on the left, or drag a camera here',
  changed: ' (changed)', back: 'Back to all',
  layout: 'Layout', layouts: { '1': '1', '4': '4', '9': '9', '16': '16', '25': '25', floor: 'Floor' }, layoutLong: (n) => (n === '1' ? '1 picture' : `${n} pictures`), floorLong: (name) => `All cameras of this floor (${name})`,
  received: (n, of) => `Receiving ${n} / ${of}`, late: (n) => `Late ${n}`, stopped: (n) => `Stopped ${n}`,
  purposeNone: 'Purpose: not chosen', purposeChange: 'Change the purpose',
  carousel: {
    start: 'Carousel', label: 'Carousel', page: (n, of) => `${n} / ${of}`, pageLong: (n, of) => `Carousel, screen ${n} of ${of}`,
    pause: 'Pause the carousel', resume: 'Go on with the carousel', previous: 'Previous screen', next: 'Next screen', every: 'Time for each screen', seconds: (n) => `${n} s`, end: 'End', endLong: 'End the carousel',
    paused: 'Paused',
  },
  save: {
    open: 'Save', title: 'Save this wall', name: 'Name', hint: 'For example: Morning round', missing: 'Please enter a name.', submit: 'Save', over: 'Replace', asNew: 'Save as new', cancel: 'Cancel', close: 'Close',
    body: (n) => `Keeps the ${n === 1 ? 'camera' : `${n} cameras`} shown now, to come back to at any time. Only you see it.`,
    done: (name) => `“${name}” is saved`, removed: (name) => `“${name}” is removed`, failed: 'It could not be saved. Please try again.', full: 'There is room for 50 saved walls. Please remove one you no longer use.',
  },
  sets: {
    label: 'Saved walls', none: 'No saved walls', noneHint: 'Arrange pictures and press “Save” to find them here again.', about: (layout, n) => `${layout}, ${n === 1 ? '1 camera' : `${n} cameras`}`, layouts: (n) => `${n} places`, floor: 'floor',
    remove: (name) => `Remove “${name}”`, sure: (name) => `Remove “${name}”? Cameras and recordings stay as they are.`, removeShort: 'Remove', rename: (name) => `Rename “${name}”`, renameTitle: 'Rename', renameSubmit: 'Rename', failed: 'Saved walls could not be loaded', retry: 'Load again',
  },
  rail: {
    tabs: 'Choose by', places: 'Place', plan: 'Plan', sets: 'Saved', show: (name) => `Show the cameras of ${name}`, showShort: 'Show', put: (name) => `Show ${name}`, onWall: (n) => `shown in place ${n}`, stopped: (n) => `${n} stopped`,
    here: (n) => `${n} shown`, noPlan: 'There is no plan of this place', planFailed: 'The plan could not be loaded', plans: 'Choose a place', legend: { live: 'Normal', late: 'Starting', stopped: 'Stopped', planned: 'Planned' },
  },
  tile: {
    name: (parts) => parts.filter(Boolean).join(' '), live: (state, age) => `${state} ${age}`,
    time: 'Timeline', timeLong: (name) => `Open the timeline of ${name}`, enlarge: 'Enlarge', shrink: 'Back to the wall', remove: 'Take out', enlargeLong: (name) => `Enlarge ${name}`, shrinkLong: (name) => `Back to the wall from ${name}`, removeLong: (name) => `Take out ${name}`,
    planned: 'Not in operation yet', plannedFrom: (day) => `There will be a picture from ${day}`, plannedSoon: 'There will be a picture once it is in operation',
    unknown: 'Cannot be shown', unknownWhy: 'The number is wrong, or it is not in your charge', noLive: 'Not for your post',
  },
  time: {
    label: (name) => `Timeline of ${name}`, slider: 'Moment shown', behind: (d) => `${d} behind`, live: 'Live', back: 'Back 10 s', forward: 'On 10 s', stepBack: 'Back one picture', stepForward: 'On one picture', play: 'Play', pause: 'Pause', close: 'Close the timeline', open: 'Open in playback', now: 'now',
    loading: 'Loading what is recorded', failed: 'What is recorded could not be loaded', gap: (cause, d) => `Gap: ${cause} (${d})`,
  },
  say: {
    put: (name, n) => `${name} is shown in place ${n}`, already: (name, n) => `${name} is shown in place ${n} already`, taken: (name) => `${name} is taken out`, swapped: (a, b) => `${a} is moved to ${b}`, full: 'No place is free. Select the picture to replace.',
    picked: (name) => `Moving ${name}. Arrow keys choose where, Enter puts it there, Esc leaves it.`, over: (n) => `Place ${n}`, cancelled: 'Not moved', enlarged: (name) => `${name} is enlarged`, shrunk: 'Back to the wall', layout: (n) => `Layout ${n}`, page: (n, of) => `Screen ${n} of ${of}`, paused: 'The carousel is paused',
  },
  foot: {
    label: 'Notes', logged: 'Every view is recorded', keep: (n) => `Kept for ${n} days`, zone: (d) => `Times in JST, clock off by ${d}`, zoneOnly: 'Times in JST',
    keys: { ten: '10 s', play: 'Play', enlarge: 'Enlarge', camera: 'Camera', all: 'All keys', tile: 'Move' }, to: '–',
  },
  keys: {
    title: 'Keys', groups: { wall: 'Wall', time: 'Time', page: 'Page' },
    select: 'Select a picture', beside: 'Picture beside it', enlarge: 'Enlarge, and back', move: 'Move a picture', remove: 'Take a picture out', ten: 'Back, on 10 s', minute: 'Back, on 1 minute', jkl: 'Reverse, stop, play', frame: 'One picture', space: 'Play, pause', live: 'Live', timeline: 'Open, close the timeline',
    full: 'Full screen', search: 'Find a camera', help: 'This list', layouts: 'Pause the carousel', note: 'Double-click a picture to enlarge it. Pictures and rows of the list can be dragged.',
  },
};
