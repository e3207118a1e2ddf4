import { wall } from '../../time/instant.ts';
import type { Text } from '../ja.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const s = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

export const duty: Text['duty'] = {
  page: 'Duty check',
  month: (year, month) => `${months[month - 1]} ${year}`,
  weekdays: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],

  mine: {
    rounds: '', of: (n) => `of ${n}`, left: (n) => `${n} left this month`, met: 'The norm of this month is met', until: (d) => `until ${d}`,
    norm: (rounds, moments) => `Norm: ${s(rounds, 'round')} a month, ${s(moments, 'moment')} each and what stood out`,
    attention: (n) => `${n} flagged`, noAttention: 'nothing to attend to',
    begin: 'Begin', resume: 'Go on', more: 'One more round', book: 'Ledger', busy: 'Choosing moments…',
    calendar: (month) => `Checked in ${month}`, day: (d, moments, attention) => (moments === 0 ? `${d}` : `${d}: ${s(moments, 'moment')} checked${attention > 0 ? `, ${attention} to attend to` : ''}`),
    checked: 'checked', withAttention: 'something to attend to', today: 'today',
  },
  how: {
    title: 'How it works', note: 'Heads shall look at the footage in their charge.',
    steps: [
      ['Look at a moment', 'Moments drawn at random from what is kept, and gaps, stalls and movement outside hours, one after the other. They are drawn once.'],
      ['Answer with one key', 'Y where nothing is wrong, X where something needs attention. Playback works as everywhere.'],
      ['Tell Crisis Management', 'Moment and cameras go with your words. Only you and Crisis Management can read them. Receipt and outcome come back here.'],
      ['It stays in the ledger', 'Who looked at what, and when. Never for judging anybody’s work.'],
    ],
  },
  all: {
    title: 'All units', note: (done, all) => `${done} of ${all} meet their norm`, unit: 'Unit', cameras: 'Cameras', norm: 'Norm', done: 'This month', left: 'Left', attention: 'Attention', book: 'Ledger', set: 'Norm',
    perMonth: (rounds, moments) => `${rounds} a month, ${s(moments, 'moment')}`, times: (n) => `${n}`, met: 'met', open: 'Open', change: 'Change', changeOf: (unit) => `Change the norm of ${unit}`, bookOf: (unit) => `Ledger of ${unit}`,
    count: (n, of) => `${n} of ${of}`,
  },
  norm: {
    title: (unit) => `Norm of ${unit}`, body: 'How often, and how much, the heads look at footage. What is left this month is counted anew. The change is recorded.',
    rounds: 'Rounds a month', moments: 'Moments a round', roundsHint: '1 to 31', momentsHint: '1 to 20. Up to 5 things that stood out are shown besides.', bad: (max) => `A whole number from 1 to ${max}.`, save: 'Set the norm', saved: (unit) => `The norm of ${unit} is set`,
  },
  empty: { title: 'There is nothing for you to check', body: 'Your post comes with no footage to look at. Nothing is wrong.', ask: 'If your post or unit is not right, please tell Information Security.' },
  nothing: { title: 'There is no footage to check yet', body: 'Moments can be drawn some five minutes after recording began. Please try again later.' },

  round: {
    progress: (n, all) => `${n} of ${all} checked`, of: (n, all) => `Moment ${n} of ${all}`, steps: 'Moments of this round', step: (n, result) => `Moment ${n}: ${result}`, none: 'not checked', leave: 'Leave', leaveLong: 'Leave; you can go on later',
    why: { random: 'Drawn at random', gap: 'Gap in the record', stall: 'Pictures stopped', outside_hours: 'Movement outside hours' },
    whyNote: {
      random: () => 'Chosen evenly from what is kept.',
      gap: (cause, d) => `${d} (${cause}). Was the camera covered or turned? Look at what lies before and after.`,
      stall: (_, d) => `The camera was connected and sent no pictures for ${d}. Look at what lies before and after.`,
      outside_hours: (_, d) => `Far more than usual moved outside office hours (weekdays 8:30–17:15), for ${d}.`,
    },
    before: 'Just before', after: 'Just after', again: 'From 5 s before', play: 'Play', pause: 'Pause', back: 'Back 10 s', forward: 'Forward 10 s', stepBack: 'Frame back', stepForward: 'Frame forward', controls: 'Playback', rate: (r) => `${r}×`,
    fine: 'Nothing wrong', attention: 'Needs attention', marks: 'What you found', saving: 'Recording…', marked: (result) => `Recorded: ${result}`,
    notSeen: 'You have not looked at this moment yet', notSeenBody: 'A result can be recorded after footage around this time was really shown. Please play it, then press again.',
    failed: 'This could not be recorded', gone: 'This camera cannot be shown now', goneBody: 'It is no longer configured, or no longer in your charge. Where nothing can be seen you can still record a result.',
    bare: 'Nothing can be seen before or after this moment', bareBody: 'Nothing is recorded near it, so there is no footage to look at. You can record a result as it is.',
    purpose: 'Purpose', change: 'Change to: check for deterrence', picture: (camera, when) => `Footage of ${camera}, ${when}`, loading: 'Loading this round',
    previous: 'previous moment', next: 'next moment',
  },
  summary: {
    title: 'The round is finished', lapsed: 'The time of this round is over', lapsedBody: 'It began more than 7 days ago, so results can no longer be recorded. Please begin a new one.', body: (unit, n) => `${unit}: ${s(n, 'moment')} checked.`, fine: 'nothing wrong', attention: 'to attend to', until: (when) => `Results can be corrected until ${when}.`,
    camera: 'Camera', at: 'Time', why: 'Why', result: 'Result', report: 'Report', reported: 'reported', send: 'Tell Crisis Management', see: 'Look again', back: 'Back to the duty check', moments: 'Moments of this round', left: (n) => (n > 0 ? `${n} more to meet the norm of this month.` : 'The norm of this month is met.'),
  },
  contact: {
    title: 'Tell Crisis Management', who: 'Only you and Crisis Management can read this. Receipt and outcome come back to your inbox.', moment: 'Moment', camera: 'Camera', others: 'Other cameras concerned', othersHint: 'Cameras of the same floor; up to 16.', noOthers: 'There are no other cameras on this floor.',
    note: 'What it is', noteHint: 'What happens, and where.', missing: 'Please write what it is.', long: 'At most 2,000 characters.', send: 'Send', busy: 'Sending…', sent: 'Crisis Management was told', later: 'Later',
  },
  reports: { title: 'Reports to Crisis Management', titleAll: 'Reports', none: 'No reports', noneBody: 'What you report comes back here with receipt and outcome.', noneAll: 'Reports of the heads arrive here.', all: 'Show all' },

  book: {
    title: 'Ledger of viewing', month: 'Month', earlier: 'Earlier month', later: 'Later month', unit: 'Unit', print: 'Print', back: 'Back to the duty check', none: 'Nothing was viewed in this month', loading: 'Loading the ledger', sheets: (n) => `A4 portrait, ${s(n, 'sheet')}`, label: (n, all) => `Ledger, page ${n} of ${all}`,
    heading: (year, month) => `${months[month - 1]} ${year}`, confidential: 'Handle with care', approval: ['Dept. head', 'Gen. manager', 'Clerk'], year: (at) => String(wall(at).year), date: (at) => `${wall(at).day} ${months[wall(at).month - 1]} ${wall(at).year}`, shortDate: (at) => `${wall(at).day}/${wall(at).month}`,
    facts: { unit: 'Unit', norm: 'Norm', rounds: 'Rounds', moments: 'Moments', attention: 'Attention', views: 'Views' }, times: (n) => String(n), moments: (n) => String(n), cases: (n) => String(n),
    columns: { when: 'Viewed', by: 'By (post, name, staff ID)', camera: 'Camera', kind: 'Footage', seen: 'Time of the footage', purpose: 'Purpose, case', result: 'Result', source: 'Computer' },
    live: 'live', past: 'past', running: 'running', unknown: '–', results: { fine: 'fine', attention: 'attention', '': '–' },
    day: 'Day', calendar: 'Day by day', seq: 'No.', printed: (when, who) => `Printed ${when} ${who}`, made: 'Made by the machine from the record of views', page: (n, all) => `${n} / ${all}`, dayMoments: 'moments', dayRounds: 'rounds',
  },
};
