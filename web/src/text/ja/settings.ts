/** settings is the text of the page /settings. */
export const settings = {
  page: '設定',
};
