import type { Text } from '../ja.ts';

/** security is the text of proving who one is. */
export const security: Text['security'] = {
  steps: { label: 'Steps of signing in', password: 'Password', prove: 'Proof', enrol: 'Registration' },
  notYou: 'Somebody else',
  key: {
    title: 'Show your key', body: 'A fingerprint, a face or a PIN, as this computer or your security key asks for it.', privacy: 'Fingerprints never leave the device.', button: 'Continue with your key', busy: 'Waiting for your key…',
  },
  enrolKey: {
    title: 'Register a key', body: 'Your post asks for a key besides the password. Register this computer’s fingerprint, face or PIN, or a security key.', button: 'Register a key', label: 'Name of the key', labelHint: 'such as desk PC, spare key',
  },
  code: {
    title: 'Enter a code', body: 'The six digits your app shows.', label: 'Code', button: 'Continue', missing: 'Please enter six digits.',
  },
  enrolCode: {
    title: 'Register an app for codes', body: 'Scan this with an authenticator app on your phone and enter the six digits it shows.', secret: 'If it cannot be scanned', qr: 'To be scanned by an authenticator app', button: 'Register', label: 'Name of the app', labelHint: 'such as work phone',
  },
  useCode: 'Use a code', useKey: 'Use a key', trouble: 'Trouble with password or key',
  errors: {
    'key-stopped': 'The key was not shown. Please try again.',
    'key-taken': 'This key is registered for you already.',
    'no-keys': 'Keys do not work in this browser or at this address. Please tell Information Systems.',
    'not-signed-in': 'Five minutes have passed; please begin again.',
    'too-many-attempts': 'Too many attempts. Please wait some minutes, then try again.',
  },

  stepUp: {
    title: 'Prove yourself once more', body: 'This matters. Nothing more is asked for five minutes.', password: 'Password', confirm: 'Continue', missing: 'Please enter your password.', loading: 'Looking how you can prove yourself', directory: 'Sign in with your ward account once more. You come back to this page; then please do the same again.',
  },

  section: 'Signing in and safety',
  uses: {
    title: 'Where you are signed in', note: (n) => `${n} at once`, list: 'Your sign-ins', here: 'this computer', from: (address) => `from ${address}`, by: (factor) => `proved by ${factor}`, byPassword: 'password alone', since: (when) => `signed in ${when}`, acted: (when) => `last used ${when}`,
    end: 'End', endLong: (what) => `End the sign-in ${what}`, ended: 'The sign-in is ended', hint: 'End what you do not know and change your password. A fourth sign-in ends the oldest.',
  },
  factors: {
    title: 'What you prove yourself with', list: 'Your keys and codes', none: 'Nothing is registered', noneWhy: 'Your post does not ask for it. Once registered, it is asked for at every sign-in.',
    kinds: { webauthn: 'Key', totp: 'Codes' }, about: (created, used) => `registered ${created}, last used ${used}`,
    addKey: 'Add a key', addCode: 'Add codes', remove: 'Remove', removeLong: (name) => `Remove “${name}”`, sure: (name) => `Remove “${name}”?`, sureWhy: 'You cannot sign in with it any more. Your other sign-ins end, too.', removed: (name) => `“${name}” is removed`, added: (name) => `“${name}” is registered`,
    last: 'The last one stays.', spare: 'A second key helps when you lose the first.', name: 'Name', start: 'Begin', starting: 'Waiting for your key…',
  },
  password: {
    title: 'Password', current: 'Present password', next: 'New password', hint: '12 to 128 characters; neither signs nor capitals are needed. Three or more unrelated words are easy to remember and hard to guess.', again: 'New password, again', differs: 'The two new passwords differ.', short: 'At least 12 characters, please.', missing: 'Please fill this in.', save: 'Change', saved: 'Your password is changed; your other sign-ins have ended.', change: 'Change the password', lead: 'Your other sign-ins end with it.', directory: 'You sign in with your ward account, so there is no password in Yagura. Change it where the ward does.',
  },
  tokens: {
    title: 'API tokens', lead: 'By which a program connects with your rights', list: 'Your API tokens', none: 'No API tokens', noneWhy: 'Make one only when you need it. Who made it and what it was used for is recorded.', made: (who, when) => `made by ${who}, until ${when}`, mine: 'you', operator: 'the server’s operator',
    waits: 'waits for you', confirm: 'Confirm it', confirmLong: (what) => `Confirm “${what}”`, confirmed: (what) => `“${what}” works now`, end: 'Revoke', endLong: (what) => `Revoke “${what}”`, ended: (what) => `“${what}” is revoked`,
    waitsWhy: 'Do not confirm what you do not know: revoke it.',
    add: 'Make a token', label: 'What it is for', labelHint: 'such as nightly check', missing: 'Please say in 1 to 60 characters what it is for.', hours: 'How long', hour: (n) => (n < 24 ? `${n} h` : n === 24 ? '1 day' : `${n / 24} days`), make: 'Make it', shown: 'This is shown once. Keep it where it is needed.', copy: 'Copy', copied: 'Copied', close: 'I have kept it',
  },

  recover: {
    title: 'Recover your sign-in', lead: 'Enter both halves of the code, one from the administrator who asked and one from who approved, and choose a new password. If you sign in with your ward account, its password stays as it is, and what you choose here is not used.', ask: 'Without a code, ask an administrator for a recovery. It takes two people. The code works for ten minutes.', login: 'Staff ID', first: 'First half of the code', firstHint: 'from the administrator who asked', second: 'Second half of the code', secondHint: 'from who approved', submit: 'Recover', back: 'Back to sign-in', missing: 'Please fill in every field.',
  },
  start: {
    title: 'First start', lead: 'There is nobody yet. Two people are made now: two different people, each with a password of their own.',
    posts: { administrator: 'Administrator', information_security: 'Information security' },
    about: { administrator: 'Looks after people and cameras. Sees no footage.', information_security: 'Approves changes of rules and rights. Sees no footage.' },
    login: 'Staff ID', loginHint: 'a–z, 0–9, . _ -', name: 'Name', nameHint: 'family name first', password: 'Password', again: 'Password, again', submit: (post) => `Make the ${post}`, made: (post) => `${post} is made`, done: 'Both are made', doneWhy: 'Each signs in and registers a key.', go: 'To sign-in', ended: 'This link does not work',
  },
  recovery: {
    page: 'Recovery', lead: 'Two people let somebody in again who lost a key or forgot a password',
    ask: { title: 'Ask for a recovery', login: 'Staff ID', reason: 'Reason', reasonHint: 'Say also how you know that it is they. It is recorded.', submit: 'Ask', missing: 'Please enter staff ID and reason.' },
    waiting: { title: 'Waiting, and codes that work', list: 'Recoveries', none: 'Nothing waits', noneWhy: 'What an administrator asks for will be here.' },
    heads: { person: 'For', reason: 'Reason', by: 'Asked by', state: 'State' }, states: { waiting: 'waiting', approved: 'code works' }, until: (when) => `until ${when}`,
    approve: 'Approve', approveLong: (who) => `Approve the recovery of ${who}`, refuse: 'Refuse', refuseLong: (who) => `Refuse the recovery of ${who}`, mine: 'somebody else approves', refused: 'Refused',
    half: (which) => `${which} of the code`, first: 'First half', second: 'Second half', hand: 'Make sure it is they, and tell nobody else. This is shown once.', handSecond: 'Who asked tells the first half. You, who approved, tell them this one. It works for ten minutes.', done: 'I have told them',
    codes: { title: 'Codes instead of keys', body: 'Only for those who cannot use a key.', login: 'Staff ID', allow: 'Allow', deny: 'Withdraw', allowed: (who) => `${who} may use codes`, denied: (who) => `${who} may not use codes any more`, missing: 'Please enter a staff ID.' },
  },
};
