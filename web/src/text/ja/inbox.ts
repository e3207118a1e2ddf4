/** inbox is the text of the page /inbox. */
export const inbox = {
  page: '受信箱',
};
