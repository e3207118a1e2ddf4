import { problemOf, silence, type Result } from './result.ts';
import type { components } from './schema.d.ts';
import type { Field, Value } from './records.ts';

/** Attached is a file attached to a record, as its values hold it. */
export type Attached = components['schemas']['AttachedBody'];

/** filesOf is the value of a field of files. */
export const filesOf = (value: Value): readonly Attached[] => (Array.isArray(value) ? (value as unknown as Attached[]) : []);

/** fileAddress is where an attached file is given out. */
export const fileAddress = (kind: string, record: string, file: string) => `/api/records/${[kind, record].map(encodeURIComponent).join('/')}/files/${encodeURIComponent(file)}`;

/** Sending is a file on its way to the server. */
export interface Sending {
  done: Promise<Result<Attached>>;
  abort: () => void;
}

const patience = 10 * 60_000; // ms for a file as large as one may be, over a slow line

/** send takes a file to the server, to be attached; part tells how much of it has gone, 0 to 1. */
export function send(kind: string, field: Field, file: File, part: (part: number) => void): Sending {
  const req = new XMLHttpRequest(); // fetch does not say how far it is
  const done = new Promise<Result<Attached>>((resolve) => {
    const lost = () => resolve({ ok: false, error: silence });
    req.upload.onprogress = (e) => part(e.lengthComputable && e.total > 0 ? e.loaded / e.total : 0);
    req.onerror = req.onabort = req.ontimeout = lost;
    req.onload = () => {
      const res = new Response(req.responseText, { status: req.status });
      if (res.ok) void res.json().then((value) => resolve({ ok: true, value: value as Attached }), lost);
      else void problemOf(res).then((error) => resolve({ ok: false, error }));
    };
  });
  req.open('POST', `/api/record-files/${encodeURIComponent(kind)}/${encodeURIComponent(field.id)}?name=${encodeURIComponent(file.name)}`);
  req.setRequestHeader('Content-Type', 'application/octet-stream');
  req.timeout = patience;
  req.send(file);
  return { done, abort: () => req.abort() };
}
