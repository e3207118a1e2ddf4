/** help is the text of the page /help. */
export const help = {
  page: 'ヘルプ',
};
