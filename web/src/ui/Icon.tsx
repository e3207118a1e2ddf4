import type { ReactNode } from 'react';

const filled = { fill: 'currentColor', stroke: 'none' };

/** Drawn on 20 units with a stroke of 1.7; playback glyphs are filled. */
const shapes = {
  back10: <path d="M4 4v4h4M4.4 8A6.5 6.5 0 1 1 3.6 11" />,
  download: <path d="M10 3.5v9M6.5 9L10 12.500 13.500 9M4 16.500h12" />,
  clip: <path d="M14.500 9.500l-5 5a3.200 3.200 0 0 1-4.500-4.500l6-6a2.100 2.100 0 0 1 3 3l-5.800 5.800a1 1 0 0 1-1.500-1.500l4.800-4.800" />,
  camera: <path d="M3 6.5h9v7H3zM12 9l4.5-2.5v7L12 11.5" />,
  check: <path d="M4.5 10.5l3.8 3.8 7.2-8" />,
  chevron: <path d="M7.5 5l5 5-5 5" />,
  chevronLeft: <path d="M12.5 5l-5 5 5 5" />,
  chevronDown: <path d="M5 7.5l5 5 5-5" />,
  clock: <><circle cx="10" cy="10" r="6.5" /><path d="M10 6.5V10l2.5 2" /></>,
  close: <path d="M5 5l10 10M15 5L5 15" />,
  dot: <circle cx="10" cy="10" r="5" {...filled} />,
  eye: <><path d="M2.5 10c2-3.5 4.5-5 7.5-5s5.5 1.5 7.500 5c-2 3.5-4.5 5-7.5 5s-5.500-1.5-7.5-5z" /><circle cx="10" cy="10" r="2.3" /></>,
  forward10: <path d="M16 4v4h-4M15.600 8A6.5 6.5 0 1 0 16.4 11" />,
  full: <path d="M3.5 7.5v-4h4M12.500 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4" />,
  history: <path d="M4 4.5v4h4M4.3 8.5A6.3 6.3 0 1 1 3.7 11M10 7v3.5l2.5 1.5" />,
  info: <><circle cx="10" cy="10" r="6.8" /><path d="M10 9v4.5M10 6.4v.1" /></>,
  link: <path d="M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.300l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1" />,
  lock: <><rect x="4.5" y="9" width="11" height="7.5" rx="1.5" /><path d="M7 9V6.5a3 3 0 0 1 6 0V9" /></>,
  minus: <path d="M5 10h10" />,
  noAudio: <path d="M4 8.500v3h3l4 3.500V5L7 8.5zM14 8l4 4M18 8l-4 4" />,
  off: <path d="M3 6.5h9v7H3zM12 9l4.5-2.5v7L12 11.5M3 17L17 3" />,
  pause: <path d="M7 4.500v11M13 4.5v11" strokeWidth="2.6" />,
  play: <path d="M6 4l10 6-10 6z" {...filled} />,
  plus: <path d="M10 4v12M4 10h12" />,
  reverse: <path d="M14 4L4 10l10 6z" {...filled} />,
  ring: <circle cx="10" cy="10" r="5" />,
  search: <><circle cx="9" cy="9" r="5" /><path d="M13 13l4 4" /></>,
  shield: <path d="M10 3l6 2v4.5c0 4-2.6 6.3-6 7.5-3.4-1.2-6-3.5-6-7.5V5z" />,
  square: <path d="M5 5h10v10H5z" {...filled} />,
  stepBack: <><path d="M15 4l-8 6 8 6z" {...filled} /><path d="M4.5 4.5v11" strokeWidth="2.2" /></>,
  stepForward: <><path d="M5 4l8 6-8 6z" {...filled} /><path d="M15.5 4.5v11" strokeWidth="2.2" /></>,
  user: <><circle cx="10" cy="7" r="3" /><path d="M4 17c.6-3.3 3-5 6-5s5.4 1.7 6 5" /></>,
  warn: <path d="M10 3.2L17.3 16H2.7zM10 8v4M10 14.1v.1" />,
  bell: <path d="M5 14h10l-1.2-2V8.5a3.8 3.8 0 0 0-7.6 0V12zM8.5 16.5h3" />,
  help: <><circle cx="10" cy="10" r="7" /><path d="M8 8a2 2 0 1 1 2.8 1.9c-.6.3-.8.7-.8 1.6M10 13.8v.1" /></>,
  carousel: <path d="M6 5h8v10H6zM3.5 7v6M16.5 7v6" />,
  list: <path d="M7.5 5h9M7.5 10h9M7.5 15h9M3.5 5h.1M3.5 10h.1M3.5 15h.1" />,
  plan: <path d="M3.5 4h13v12h-13zM3.5 10H8M10.5 10V4M10.5 16v-3" />,
  star: <path d="M10 3.5l2 4.300 4.600.5-3.400 3.200.9 4.600L10 13.800l-4.100 2.300.9-4.600L3.400 8.300l4.600-.5z" />,
  triangle: <path d="M10 4l7 12H3z" {...filled} />,
  flag: <path d="M5.5 17V4h8.500l-1.800 3.200L14 10.500H5.500" />,
  photo: <><path d="M3 6.500h3l1.400-2h5.200l1.400 2h3v9H3z" /><circle cx="10" cy="10.800" r="2.600" /></>,
  print: <path d="M6 7.500V3.500h8v4M6 13.500H3.500v-6h13v6H14M6 11.500h8v5H6z" />,
  swap: <path d="M4 7.500h11l-2.500-2.500M16 12.500H5l2.500 2.500" />,
  skip: <path d="M3 13c1.500-5 4-5 5.500-2s4 3 5.500-2M14 5v4h-4" />,
  activityBack: <><path d="M17.500 13.500v-3M14 13.500v-7M10.500 13.500v-4" /><path d="M8 5l-5 5 5 5" /></>,
  activityNext: <><path d="M2.500 13.500v-3M6 13.500v-7M9.500 13.500v-4" /><path d="M12 5l5 5-5 5" /></>,
  activity: <path d="M3 10.500v-1M6 12.500v-5M9 14.500v-9M12 13v-6M15 11.500v-3" />,
  sync: <path d="M4 8a6.200 6.200 0 0 1 11-2l1.500 1.500M16.500 3.500v4h-4M16 12a6.200 6.200 0 0 1-11 2l-1.500-1.500M3.500 16.500v-4h4" />,
  gear: <><circle cx="10" cy="10" r="2.600" /><path d="M10 3v2.200M10 14.800V17M3 10h2.200M14.800 10H17M5 5l1.600 1.600M13.400 13.400L15 15M15 5l-1.600 1.600M6.600 13.400L5 15" /></>,
  trash: <path d="M4.500 6h11M8 6V4h4v2M6 6l.7 10.500h6.600L14 6" />,
  edit: <path d="M4 16l.8-3.200L13.300 4.300l2.400 2.400L7.200 15.200z" />,
  send: <path d="M3.500 10L16.500 4l-4 12.500-3-5z" />,
  drag: <path d="M8 5v.1M12 5v.1M8 10v.1M12 10v.1M8 15v.1M12 15v.1" strokeWidth="2.2" />,
  grid: <path d="M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM11 11h5v5h-5z" />,
  shrink: <path d="M7.500 3.500v4h-4M12.500 3.500v4h4M16.500 12.500h-4v4M3.500 12.500h4v4" />,
  key: <><circle cx="7" cy="10" r="3.300" /><path d="M10.300 10h6.700v2.800M13.800 10v2.200" /></>,
  tools: <path d="M12.500 4a3.500 3.500 0 0 0-3 5L4 14.500 5.500 16 11 10.500a3.500 3.500 0 0 0 5-3L14 9l-2.500-.5L11 6z" />,
  open: <path d="M8.5 4.500H4v11.500h11.500V11.500M11.500 3.500h5v5M16.500 3.500L9.500 10.500" />,
  calendar: <path d="M4 5.500h12v11H4zM4 9h12M7.500 3.500v3M12.500 3.500v3" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

/** Icon stands beside a word; alone it needs a label on what holds it. */
export function Icon({ name, className = 'size-[18px]' }: { name: IconName; className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" className={`flex-none ${className}`}>
      {shapes[name]}
    </svg>
  );
}

/** Mark is the tower of the product. */
export function Mark({ className, light = false }: { className: string; light?: boolean }) {
  const wood = light ? '#1a1a1a' : '#f2f2f2';
  const roof = light ? '#0017c1' : '#9db7f9';
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true" className={`flex-none ${className}`}>
      <path d="M4 9L14 3l10 6z" fill={roof} />
      <path d="M8 9v6m12-6v6M6.5 15h15M9 15L6 26M19 15l3 11M8 20h12" stroke={wood} strokeWidth="2.2" fill="none" strokeLinecap="round" />
      <circle cx="14" cy="11.8" r="1.9" fill={roof} />
    </svg>
  );
}
