import type { files as ja } from '../ja/files.ts';

export const files: typeof ja = {
  choose: 'Choose a file', chooseFor: (name) => `Choose a file: ${name}`, hint: (types, size, most) => `Or drop it here. ${types}; at most ${size} each, and ${most} of them.`, coming: (name) => `${name}: files on their way`, progress: (name) => `Sending ${name}`,
  withdraw: (name) => `Withdraw ${name}`, dismiss: (name) => `Drop ${name}`, badEnding: (endings) => `Not a type that is taken here: ${endings}`, tooLarge: (most) => `A file may have at most ${most}.`, empty: 'The file is empty.', tooMany: (most) => `At most ${most} files.`,
  by: (who, when) => `${who}, ${when}`, scanned: 'Scanned for viruses', unscanned: 'Not scanned for viruses', copy: 'Copy', copied: 'Copied', notCopied: 'Not copied', wait: 'It can be saved when the files have arrived',
  came: 'Attached', went: 'Withdrawn', heads: { name: 'File', size: 'Size', by: 'Attached by, and when', hash: 'SHA-256' },
};
