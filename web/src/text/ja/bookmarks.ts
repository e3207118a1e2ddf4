/** bookmarks is the text of the page /bookmarks. */
export const bookmarks = {
  page: 'しおり',
};
