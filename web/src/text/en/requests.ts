import type { requests as ja } from '../ja/requests.ts';

export const requests: typeof ja = {
  title: 'Footage requests', list: 'Footage requests', one: 'The request',
  lead: 'A hint is a mark, not a verdict, and not for judging performance.',
  states: { waiting: 'Waiting', looking: 'Being looked at', done: 'Answered' }, outcomes: { seen: 'Seen', unclear: 'Unclear', nothing: 'Nothing there' },
  outcomeHints: { seen: 'the footage shows what the hint is about', unclear: 'there is no footage, or one cannot tell', nothing: 'the footage shows nothing of it' },
  none: 'There are no requests', noneBody: 'What analysts ask about a hint comes here.', pick: 'Choose one to see terminal, time and figures', gone: 'There is no such request',
  columns: { number: 'Number', rules: 'Hint', terminal: 'Terminal', first: 'When', due: 'Due', state: 'State' },
  overdue: 'Overdue', count: (n) => `${n}`,
  rules: { H1: 'volume', H2: 'outside hours', H3: 'one sex and age', H4: 'single households', H5: 'the same person again', H6: 'one person by many units', H7: 'self, family, colleagues', H8: 'protected people', H9: 'looking only', H10: 'address sweep', H11: 'shared ID', H12: 'terminal of others', H13: 'ID of somebody gone or untrained', H14: 'outside authority' },
  detail: { terminal: 'Terminal', room: 'Place', staff: 'Member of staff', staffAs: 'Member of staff (pseudonym)', rules: 'Hint', when: 'When', figures: 'Figures', note: 'Note', asked: 'Asked', due: 'Due', cameras: 'Cameras', clock: 'Camera clock', outcome: 'Outcome', taken: 'Looks at it', erased: 'Erased', said: 'What was seen' },
  figure: { name: 'What', value: 'Value', peers: 'Peers' },
  clock: { ahead: (s) => `${s} s ahead`, behind: (s) => `${s} s behind`, even: 'even', unknown: 'not known' },
  clockNote: 'Playback is by the server’s clock; what a camera writes into its picture differs by this.',
  by: (name, when) => `${name}, ${when}`, noPerson: 'Nothing of the person who was looked up is in this request.', notTold: 'Name and pictures are for crisis management alone. The outcome comes here.',
  keep: (cameras, stretches) => `Hold 5 minutes around it (${cameras} cameras, ${stretches} stretches)`, held: (n) => `${n} held`,
  open: 'See it', openHeld: 'Hold it and see it', at: (when) => `See ${when}`, purpose: 'It opens with the purpose “misuse” and this number as the case. Heads are not told of views of this case (sealed).',
  erasedOn: (day) => `from ${day} where nothing holds it`,
  answer: { title: 'Outcome', note: 'What was looked at', hint: 'Only crisis management and auditors read it; the analyst is told the outcome.', save: 'Record it', done: 'Recorded', choose: 'Choose an outcome.', missing: 'Say what was looked at.' },
  asking: {
    open: 'Ask for footage', title: 'Ask for footage to be looked at', lead: 'Crisis management looks through the terminal’s cameras at these times. Write no name, number or address of whom was looked up.',
    hintLead: 'Member of staff, times and figures come from the hint; nothing of whom was looked up does. Crisis management looks through the terminal’s cameras at these times.', hintTerminal: 'empty: the one of the hint’s terminals that cameras saw most',
    terminal: 'Terminal ID', terminalHint: 'as in the register of terminals', staff: 'Member of staff', staffHint: 'the pseudonym you see, or the number', events: 'When', eventsHint: 'One a line, e.g. 2026/11/25 18:24:37', rules: 'Hint', figures: 'Figures', figuresHint: 'what, value, peers', more: 'Another row', note: 'Note', noteHint: 'At most 500 characters, nothing of whom was looked up.',
    save: 'Ask', done: (number) => `Asked: ${number}`, bad: (line) => `No date and time: ${line}`, missing: 'Say terminal, member of staff and times, and choose the hint.', figure: (what, n) => `${what} ${n}`,
  },
};
