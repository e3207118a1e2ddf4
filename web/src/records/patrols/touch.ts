/** touch is the height of what fingers hit: 44 px, at every density. */
export const touch = 'h-11! min-w-11 tight:h-11!';
