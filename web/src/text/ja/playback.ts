/** playback is the text of the page /playback. */
export const playback = {
  page: '過去映像',
};
