/** wall is the text of the page /wall. */
export const wall = {
  page: '映像確認',
};
