import type { Text } from '../ja.ts';

/** health is the text of the page /health. */
export const health: Text['health'] = {
  page: 'Camera health',
  title: 'Camera health',
  lead: 'Judged by what is written to the record. No footage is shown',
  refused: 'You may not see the health of cameras',
  refusedWhy: 'Facilities, crisis management and administrators see it, and the heads in whose charge cameras are. If you need it, please ask Information Security.',
  stale: (clock) => `The latest state cannot be fetched (last seen ${clock}). Trying again by itself.`,
  summary: (stopped, attention) => `${stopped} stopped, ${attention} to look at`,

  kpi: {
    label: 'Now, in sum',
    recording: 'Recording', of: (n) => ` of ${n}`, written: (d) => `slowest to be kept: ${d} ago`, unwritten: 'looking for what is kept', noneRecording: 'none is recording', planned: (n) => `and ${n} planned`,
    stopped: 'Stopped', unit: '', stoppedNone: 'none is stopped', stoppedAt: (place, clock) => `${place} since ${clock}`,
    attention: 'To look at', attentionNone: 'nothing to look at', kinds: (list) => list.join(', '),
    share: 'Recorded in 30 days', gapDays: (n) => (n === 0 ? 'no gap of a minute or more' : `${n} camera days with gaps`), shareNone: 'being added up',
    rate: 'Received now', pictures: (n) => `${n} pictures a second`,
    clock: 'Clocks off by', clockOf: (name) => `at most, ${name}`, clockNone: 'nothing measured yet',
  },

  words: {
    stopped: 'Stopped', unknown: 'Unknown', unwritten: 'Kept late', starting: 'Connecting', gap: 'Gap', repeated: 'Gaps', loss: 'Loss', clock: 'Clock off', fine: 'Normal', planned: 'Planned',
  },
  why: {
    together: (n) => `all ${n} at once`,
    noCause: 'cause being looked for',
    unknown: 'no report from the recorder',
    unwritten: 'the record is written late',
    starting: 'connecting to the camera',
    longest: (d) => `longest ${d}`,
    repeated: (n) => `gaps on ${n} days of 7`,
    loss: (percent) => `${percent}% of packets lost`,
    clock: (d) => `the camera’s clock ${d}`,
    seconds: (n) => `${n} s`,
    ahead: (d) => `+${d}`, behind: (d) => `−${d}`,
    more: (n) => `${n} more`, join: (list) => list.join(', '),
    planned: 'not in operation yet',
  },
  resumed: (clock) => `back ${clock}`,
  today: 'today', yesterday: 'yesterday',

  first: 'What matters first', all: 'Cameras', found: (n) => (n === 1 ? '1 camera' : `${n} cameras`),
  table: 'Health of cameras',
  columns: { state: 'State', camera: 'Camera', why: 'Cause', since: 'Since', cover: (from, to) => `30 days (${from} – ${to})`, coverShort: '30 days', share: 'Recorded %', now: 'Now' },
  kbps: (n) => `${n} kbps`, fps: (n) => `${n} fps`,
  showAll: (n) => `Show all ${n} normal cameras`, showFew: 'Fold normal cameras',
  none: 'No camera matches.', reset: 'Show all again',
  fineTitle: 'All cameras are well',

  cover: {
    kinds: { ok: 'recorded', gap: 'gap of 1 min or more', long: '1 h or more', stopped: 'stopped now', planned: 'planned, not configured', none: 'not in operation, erased' },
    whole: (ok, gaps) => `30 days: ${ok} recorded${gaps}`, gaps: (n, list) => `, ${n} with gaps (${list})`,
    day: (day, kind, percent, longest) => `${day} ${kind} ${percent}${longest}`, longest: (d, cause) => `, longest ${d}, ${cause}`,
    loading: 'being added up',
  },

  filter: { state: 'By state', all: 'All', stopped: 'Stopped', attention: 'To look at', fine: 'Normal', search: 'Name, number, place', searchLabel: 'Search the list' },
  export: 'CSV', exportLong: 'Save the list shown as CSV', file: (day, clock) => `camera-health_${day}_${clock}.csv`,
  csv: ['Number', 'Camera', 'Place', 'State', 'Cause', 'Since', 'Recorded in 30 days (%)', 'Received kbps', 'Pictures a second', 'Packets lost (%)', 'Clock ahead (s)', 'Last kept'],

  places: { title: 'Places', all: 'All places', label: 'By place', noPlan: 'There is no plan yet', planLoading: 'Loading the plan', planFailed: 'The plan could not be loaded; trying again.' },

  detail: {
    close: 'Close', label: (name) => `Details of ${name}`, unknown: 'You may not see the health of this camera.',
    place: 'Place', kind: 'Kind', since: 'In this state since', node: 'Recorder', written: 'Last kept', rate: 'Received', loss: 'Packets lost', clock: 'Clock off by', keep: 'Kept', streams: 'Streams',
    none: '–', ago: (d) => `${d} ago`, streamNames: { main: 'high quality', sub: 'standard quality' },
    troubles: 'To look after', cover: 'Recorded in 30 days', days: 'Days with gaps', noDays: 'There is no gap of a minute or more.', short: (n) => `On ${n === 1 ? '1 more day' : `${n} more days`} there were gaps of less than a minute.`,
    day: 'Date', share: 'Recorded', longest: 'Longest gap', cause: 'Cause', watch: 'See the footage',
  },
};
