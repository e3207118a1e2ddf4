import { fileAddress, filesOf } from '../../api/files.ts';
import type { Kind, Values, Version } from '../../api/records.ts';
import { useText } from '../../text/index.ts';

/** FileChanges are the files that came with a version, and those that it withdrew: they are still given out. */
export function FileChanges({ kind, record, version, before }: { kind: Kind; record: string; version: Version; before: Version | undefined }) {
  const t = useText();
  const w = t.files;
  const of = (v: Version | undefined) => (v ? kind.fields.filter((f) => f.type === 'files').flatMap((f) => filesOf((v.values as Values)[f.id])) : []);
  const now = of(version);
  const then = of(before);
  const came = now.filter((x) => !then.some((y) => y.id === x.id));
  const went = then.filter((x) => !now.some((y) => y.id === x.id));
  if (came.length + went.length === 0) return null;
  const line = (what: string, f: (typeof now)[number]) => (
    <li key={f.id} className="min-w-0 truncate">{what}：<a href={fileAddress(kind.id, record, f.id)} download title={`SHA-256 ${f.sha256}`} className="text-accent underline underline-offset-3">{f.name}</a></li>
  );
  return <ul className="text-[13px] leading-[1.6] text-text-2">{came.map((f) => line(w.came, f))}{went.map((f) => line(w.went, f))}</ul>;
}
