/** duty is the text of the page /duty. */
export const duty = {
  page: '今回の確認',
};
