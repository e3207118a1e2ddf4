import type { Text } from '../ja.ts';

export const bookmarks: Text['bookmarks'] = {
  page: 'Bookmarks',
  found: (n, more) => `${n}${more ? ' or more' : ''}`,
  search: 'Search', text: 'Words', textHint: 'note, camera, author', whose: 'Whose', all: 'all', mine: 'mine', camera: 'Camera', anyCamera: 'all cameras', from: 'From', to: 'To', dayHint: 'such as 2017/6/28 or H29.6.28', badDay: 'Write the date like 2017/6/28 or H29.6.28.', still: 'stills only', clear: 'Clear',
  columns: { at: 'Time of the footage', camera: 'Camera', text: 'Note', shared: 'Shared', by: 'By' },
  shared: 'shared', own: 'only me', stillMark: 'still', noText: '(no note)', length: (d) => d,
  none: 'There are no bookmarks yet', noneBody: 'Press B on the wall or in playback to mark a moment. Your own, those shared in your jurisdiction, and stills can be found here.', noneFound: 'No bookmark matches', noneFoundBody: 'Use fewer words, or a longer time.', more: 'Show more', loading: 'Loading bookmarks',
  pick: 'Choose one from the list to read it here', gone: 'There is no such bookmark', goneBody: 'It was removed, or you may no longer see its footage.', detail: 'Bookmark', go: 'Go to this moment', place: 'Place', created: 'Made', changed: 'Changed', purpose: 'Purpose', caseNumber: 'Case', sharing: 'Shared', sharedWith: 'with whoever may see this footage', notShared: 'no',
  edit: { text: 'Note', textHint: 'up to 500 characters', missing: 'Please write a note.', long: 'At most 500 characters.', shared: 'Share with whoever may see this footage', save: 'Save', saved: 'The bookmark was changed', failed: 'This could not be changed', remove: 'Remove', removed: 'The bookmark was removed', sure: 'Remove this bookmark?', sureBody: 'The bookmark and its note go, and cannot be brought back. The footage stays.', keep: 'Cancel' },
  picture: {
    label: (camera, when) => `Still of ${camera}, ${when}`, loading: 'Loading the still', choose: 'State a purpose to see it', show: 'State a purpose', none: 'The footage of this moment is gone', undecodable: 'This computer cannot show the still', undecodableBody: 'Use a recent browser, at an address that begins with https.', failed: 'The still could not be loaded',
    note: 'A still names a picture of the footage and copies nothing. It goes with the footage when its time is over.', stamp: (who, login, when) => `Viewed by ${who} (${login}) ${when}`,
  },
};
