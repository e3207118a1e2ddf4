/** diagnostics is the text of the page /diagnostics. */
export const diagnostics = {
  page: '接続診断',
};
