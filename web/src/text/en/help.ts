import type { Text } from '../ja.ts';

/** help is the text of the page /help. */
export const help: Text['help'] = {
  page: 'Help',
  contents: 'Contents',
  print: 'Print',

  about: {
    title: 'About this system',
    body: [
      'Yagura shows and keeps the footage of cameras in offices where computers with residents’ data stand.',
      'It is there to deter misuse of personal data, and to find out what happened where there are signs of it, with care for the rights of the staff and residents it shows.',
    ],
    not: 'What it does not do',
    nots: ['It records no sound.', 'It recognises no faces and tells nobody apart by itself.', 'It is not for judging work or attendance; no such purpose can be chosen.', 'It suspects nobody by itself.'],
  },

  who: {
    title: 'Who may see what',
    lead: 'It depends on the post. One sees while one holds it, and no longer from the moment it ends. Footage from before one’s time is included where the office is in one’s charge now.',
    table: 'What each post may see', post: 'Post', mine: 'you', none: '–',
    columns: { footage: 'Footage', marks: 'Bookmarks, stills', evidence: 'Evidence', hold: 'Hold', health: 'Health', views: 'Record of views', records: 'Registers', manage: 'Approves, manages' },
    posts: { department_head: 'Department head', general_manager: 'General manager', crisis_management: 'Crisis management', facilities: 'Facilities', auditor: 'Auditor', information_security: 'Information security', executing_officer: 'Executing officer', clerk: 'Clerk', log_analyst: 'Log analyst', administrator: 'Administrator' },
    rows: {
      department_head: ['own department', 'yes', 'asks for', 'asks for', 'own', 'own floors', 'own units', ''],
      general_manager: ['own section', 'yes', 'asks for', 'asks for', 'own', 'own floors', 'own units', ''],
      crisis_management: ['all cameras', 'yes', 'approves, never one’s own', 'sets', 'all cameras', '', 'handed over to a case', 'policies, retention'],
      facilities: ['none', 'stills too coarse to tell people', '', '', 'all cameras', '', '', 'cameras'],
      auditor: ['none', '', '', '', '', 'all', 'reads', ''],
      information_security: ['none', '', '', '', '', '', 'all units', 'policies, retention'],
      executing_officer: ['none', '', '', '', '', '', 'own unit', ''],
      clerk: ['none', '', '', '', '', '', 'own unit', ''],
      log_analyst: ['none', '', '', '', '', '', 'operation logs, pseudonymous', ''],
      administrator: ['none', '', '', '', 'all cameras', '', '', 'people'],
    },
    main: 'Heads state a purpose to see high quality. Footage leaves the system only as evidence that crisis management approved.',
    two: 'It always takes two people to export, to release a hold, to shorten retention, to widen what may be seen, and to appoint somebody to a post with footage. Administrators see no footage for being administrators. Whoever has to look besides what their post gives asks for a time-limited right under Rights; whoever is on duty alone at night finds emergency viewing there.',
    yours: 'You, now', cameras: (n) => `You may view ${n === 1 ? '1 camera' : `${n} cameras`}`, noCameras: 'You may view no footage', healthOnly: (n) => `You may see the health of ${n === 1 ? '1 camera' : `${n} cameras`}, and no footage`, noPost: 'No post at present', since: (d) => `since ${d}`,
  },

  keep: {
    title: 'How long footage is kept',
    days: (n) => `${n} days`, cameras: (n) => (n === 1 ? '1 camera' : `${n} cameras`), list: 'Of the cameras you may know of', none: 'It is laid down for each camera.',
    body: ['Older footage is erased by itself. Nobody can see it any more.', 'Footage on hold is not erased until the hold is released.', 'Where nothing was recorded, the timeline says why.'],
  },

  purposes: {
    title: 'Purposes of viewing',
    lead: 'To view past footage you choose one of these purposes. It is kept in the record of views.',
    security: 'For security cameras these hold: incident, maintenance, legal request, request by the person filmed.',
    never: 'Nobody may look to judge work or attendance, or out of personal interest.',
  },

  logged: {
    title: 'Everything is recorded',
    body: ['Who looks at which camera, when, at which time of footage and for what, is recorded before the first picture is shown. The record cannot be changed later.', 'So are stills, bookmarks, and what was refused.', 'Auditors may read the whole record of views. Post, name and time of whoever looks lie faintly over the pictures.'],
  },

  past: {
    title: 'How to see the past',
    steps: ['Choose a picture on the wall, and press ← or pull its timeline back. It goes to the past where it is.', 'Where you know the moment, open playback, press G, and enter date and time: western or by eras (as in H29.6.28 14:05).', 'If you are asked for a purpose, choose the one that holds.', 'Hatched parts are gaps; point at one to see why.', 'End leads back to live.'],
    open: 'Open playback',
  },

  ask: {
    title: 'When something cannot be seen, and other troubles',
    table: 'Whom to ask', when: 'When', whom: 'Ask',
    rows: [
      ['a camera in your charge is not listed, or your post or unit is wrong', 'Information Security'],
      ['you need footage of another office', 'Crisis Management, through the general manager in charge'],
      ['a page says that you may not', 'the general manager in charge, or Information Security'],
      ['a camera is stopped, or its pictures are bad', 'Facilities'],
      ['you see signs of misuse', 'Crisis Management (from “Footage check”)'],
      ['footage is needed as evidence, or somebody asks for it', 'Crisis Management'],
      ['footage does not arrive or is slow, or you cannot sign in', 'Information Systems, with the result of the connection check'],
    ],
    diagnostics: 'Open the connection check',
    unknown: 'Of cameras outside your charge it is not even said whether they exist: it looks as if the number were wrong.',
  },

  keys: { title: 'Keys' },

  access: {
    title: 'Accessibility',
    body: ['This system aims at conformance with JIS X 8341-3:2016, level AA, on every page behind the sign-in.', 'Everything can be done from the keyboard. States are told by shape and word, not by colour alone. Text can be enlarged to 200%. The wish for less motion is followed.', 'Before you are signed out, the page says so.'],
    except: 'What is missing',
    excepts: ['Footage has no description in words or sound. Please share work that needs to see it.', 'Walls of many pictures do not fit the screen when enlarged.'],
    ask: 'Please tell Information Systems of anything that is in your way.',
  },

  words: {
    title: 'Words',
    list: [
      ['Footage check', 'Looking at footage in one’s charge, to see that personal data is handled as it should be.'],
      ['Signs', 'Something that may be misuse; what it is, is not known yet.'],
      ['Operation log', 'Who worked in the resident system, when, at which terminal. People looked up are pseudonyms; hints are not for appraisal.'],
      ['Charge', 'The department or section that goes with a post, and the cameras in its offices.'],
      ['Department head, general manager', 'The head has the whole department in charge, the general manager one of its sections.'],
      ['Round', 'Looking at moments that were drawn, and keeping the result, as often as is laid down.'],
      ['Ledger', 'Rounds and views of a month.'],
      ['Gap', 'Time without a record; there is always a cause.'],
      ['Late', 'Pictures arrive late: what you see is a little old.'],
      ['Hold', 'Footage that is not erased when its time is over.'],
      ['Bookmark', 'A note at a moment of footage.'],
      ['Still', 'A mark on one picture. Nothing is copied; it goes when the footage goes.'],
      ['Surveillance camera', 'In an office with computers for residents’ data.'],
      ['Security camera', 'In a facility or a public place.'],
    ],
  },
};
