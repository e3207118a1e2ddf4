/** health is the text of the page /health. */
export const health = {
  page: '稼働状況',
};
