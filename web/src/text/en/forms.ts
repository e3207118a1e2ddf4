import type { Text } from '../ja.ts';

/** forms is the text of printed forms and of the page that follows their codes. */
export const forms: Text['forms'] = {
  menu: 'Forms', menuLabel: 'Print on a form (PDF)', each: (name) => `${name} (each of the list)`, ofUnit: (name, unit) => `${name}　${unit}`, opens: 'opens in a new tab', units: 'Units',
  code: {
    page: 'Read a form', lead: 'Scan the QR code of a form, or type its number, and its record opens.', field: 'Code or number', hint: 'As in R8研-12. A scanner that types like a keyboard reads into this field.', go: 'Open', looking: 'Looking…', gone: 'There is no such record, or none for your post.', title: 'Read',
    how: 'What can be read', list: ['Records on paper', 'Induction record and consent', 'Numbered memo paper', 'Leave to use a private device', 'Blank patrol sheet (a new record of the unit begins)'],
  },
};
