import type { Text } from '../ja.ts';

/** diagnostics is the text of the page /diagnostics. */
export const diagnostics: Text['diagnostics'] = {
  page: 'Connection check',
  lead: 'Finds out whether this computer can show footage. No footage is sent',
  again: 'Check again', copy: 'Copy the result', copied: 'The result is copied', copyFailed: 'This could not be copied. Please print it instead.', print: 'Print',
  running: 'Checking; this can take 20 s', done: (clock) => `Checked at ${clock}`,
  verdict: { ok: 'This computer can show footage', note: 'Footage can be shown, but there is something to know', bad: 'As it is, footage cannot be shown', wait: 'Checking' },
  verdictWhy: { ok: 'There is nothing to do.', note: 'Please read the lines marked “Note”.', bad: 'Please read the lines marked “No”, and give this result to Information Systems.', wait: 'One thing after the other.' },
  levels: { ok: 'Fine', note: 'Note', bad: 'No', info: 'Info', wait: 'Measuring' },
  table: 'Result of the check', columns: { item: 'Item', result: 'Result', value: 'Measured', advice: 'What it means, what to do' },
  groups: { net: 'Network', media: 'Decoding', device: 'Computer and clock' },
  paper: { title: 'Result of the connection check', by: 'Checked by', at: 'Checked at', address: 'Server' },

  ms: (n) => `${n} ms`, trip: (connect, rtt) => `connected in ${connect}, round trip ${rtt}`, yes: 'yes', no: 'no', failed: 'no answer', unmeasured: 'not measurable',
  http: { name: 'Round trip to the server', value: (rtt, version) => `${rtt} (HTTP/${version})`, ok: 'Answers come fast enough.', slow: 'Answers come late. Please ask Information Systems about the load of the network.', bad: 'The server cannot be reached. Please look at the network, and check again.' },
  events: { name: 'Updates by themselves', value: (ms) => `arrive (${ms})`, ok: 'States of cameras and news arrive by themselves.', bad: 'Updates do not arrive; something in between may hold them up. Please ask Information Systems to let /api/events through at once.' },
  udp: { name: 'Footage over UDP', ok: 'Footage takes the fastest way.', slow: 'It arrives, but late. If pictures lag, please ask Information Systems.', blocked: (to) => `UDP does not get through. Footage comes over TCP, and may lag. Please ask Information Systems to allow ${to} (UDP).`, bad: (to) => `UDP does not get through. Please ask Information Systems to allow ${to} (UDP).` },
  tcp: { name: 'Footage over TCP', ok: 'The second way is open too, should UDP be closed.', slow: 'It arrives, but late.', blocked: (to) => `TCP does not get through. While UDP does, nothing is amiss. Please ask Information Systems to allow ${to} (TCP).`, bad: (to) => `TCP does not get through either. Please ask Information Systems to allow ${to} (TCP).`, none: 'This server offers no TCP.' },
  proxy: { name: 'Something in between', seen: 'requests come through a proxy', seenWhy: 'Footage does not go through it. If UDP and TCP above are fine, nothing is amiss.', unseen: 'Requests come straight to the server.' },
  address: { name: 'This computer, seen from the server', why: 'For rules of the network, and for questions.' },
  h264: { name: 'H.264 (format of footage)', ok: 'Footage can be shown.', bad: 'This browser does not know the format. Please try a current Microsoft Edge or Google Chrome.', value: (webrtc, webcodecs) => `footage ${webrtc}, still pictures ${webcodecs}` },
  h265: { name: 'H.265 (format of footage)', ok: 'Cameras with H.265 are shown as they are.', none: 'Nothing is amiss without it: cameras with H.265 are shown by their H.264 stream.' },
  smooth: { name: 'Room for decoding', hardware: 'decoded by hardware', software: 'decoded by software', ok: 'Many pictures can stand side by side.', software2: 'Many pictures at once may be slow. Then choose a wall of fewer.', bad: 'Pictures may not run smoothly. Please choose a wall of fewer.', unknown: 'The browser does not tell.' },
  codecs: { name: 'Still pictures (WebCodecs)', ok: 'Over the timeline you see the picture of each moment.', insecure: 'Opened by https, you would see pictures over the timeline. Please ask Information Systems.', none: 'No pictures over the timeline. Please update the browser. Playback works without.' },
  secure: { name: 'Secure connection (https)', ok: 'What is sent is protected.', local: 'It stays inside this computer.', bad: 'What is sent is not protected. Please open an address that begins with https.' },
  clock: { name: 'Clock, against the server’s', value: (d, error) => `${d} (± ${error})`, ok: 'The clock of this computer is right.', off: 'The clock of this computer is wrong. Pages show the server’s time, so they are right; but please have its time synchronised.', ahead: (d) => `+${d}`, behind: (d) => `−${d}` },
  browser: { name: 'Browser', ok: 'This browser is supported.', other: 'Tried with current Microsoft Edge and Google Chrome.' },
  platform: { name: 'System' }, screen: { name: 'Screen', small: 'Below 1280 × 720 some words are left out.' }, cores: { name: 'Processor', value: (cores, memory) => `${cores} cores${memory}`, memory: (gib) => `, at least ${gib} GB of memory`, few: 'Many pictures at once may be slow.' },
};
