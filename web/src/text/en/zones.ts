import type { Text } from '../ja.ts';

/** zones is the text of zones on floor plans. */
export const zones: Text['zones'] = {
  page: 'Zone plan', lead: 'Private devices are prohibited in business and secure zones; allowed in public zones.', list: 'As a list', plan: 'Floor', planOption: (name, n) => `${name} (${n} zones)`,
  types: { public: 'Public zone', business: 'Business zone', secure: 'Secure zone' }, short: { public: 'Public', business: 'Business', secure: 'Secure' },
  rules: { public: 'Private devices may be used', business: 'Private devices are prohibited, except as approved', secure: 'Private devices are prohibited; no ordinary approval' },
  legend: 'Legend', terminals: 'Terminals (by room, not where they stand)', camera: 'Camera', draft: 'Draft',
  none: 'No zone is drawn on this floor', noneWhy: 'Choose a zone and draw its outline.', here: 'Zones of this floor', undrawn: 'Zones not drawn yet', choose: 'Choose a zone to see its rule and exceptions.', of: (type, room, state) => `${type} ${room} ${state}`,
  facts: { rule: 'Rule', unit: 'Unit', terminals: 'Terminals', number: 'Number', exceptions: 'Exceptions in force' }, count: (n) => String(n), noExceptions: 'No exceptions', until: (day) => `until ${day}`, openRecord: 'Open the record', poster: 'Print its poster', printPlan: 'Print this floor',
  draw: 'Draw the outline', redraw: 'Change the outline', add: 'Draw a new zone',
  edit: {
    title: (name) => `Outline of ${name}`, fresh: 'Outline of a new zone', shape: 'Shape', box: 'Rectangle', polygon: 'Polygon', boxHint: 'Drag from corner to corner on the plan, or enter numbers below.', polygonHint: 'Click the plan to add corners. Drag a corner, or move it with the arrow keys (Shift: by 1; Delete removes it).',
    room: 'Take the shape of a room', choose: 'Choose', x: 'Left', y: 'Top', w: 'Width', h: 'Height', corner: (n) => `Corner ${n}`, cornerAt: (n, x, y) => `Corner ${n}, across ${x}, down ${y}`, across: 'Across', down: 'Down', remove: (n) => `Remove corner ${n}`, more: 'Add a corner', unit: (w, h) => `In units of the plan (${w} wide, ${h} high)`,
    reason: 'Reason of the correction', reasonHint: 'The zone is in force: the outline of before stays beside it', save: 'Save', on: 'On to the zone', cancel: 'Cancel', few: 'Draw three corners or more, with some area.', saved: 'The outline was saved', drawing: 'The outline being drawn',
  },
};
