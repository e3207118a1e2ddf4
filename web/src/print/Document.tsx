import { serverClock } from '../api/client.ts';
import type { components } from '../api/schema.d.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock } from '../time/instant.ts';

type Document = Omit<components['schemas']['DocumentBody'], '$schema'>;

const looks: Record<Exclude<Document['blocks'][number]['kind'], 'table' | 'chapter' | 'section' | 'point'>, { mark: string; className: string }> = {
  norm: { mark: '○', className: 'pl-[2em] -indent-[1em] mb-[1mm]' },
  text: { mark: '', className: 'pl-[2em]' },
  label: { mark: '', className: 'pl-[2em] mt-[1.5mm] break-after-avoid' },
  item: { mark: '・', className: 'pl-[3em] -indent-[1em]' },
};

/** DocumentSheet is a document of the server as it prints on A4. */
export function DocumentSheet({ report, label }: { report: Document; label: string }) {
  const t = useText();
  const { session } = usePerson();
  const now = serverClock.now();
  return (
    <article aria-label={label} className="report" lang="ja">
      <div className="flex items-start justify-between">
        <span>{report.mark && <span className="border border-black px-[3mm] py-[.5mm]">{report.mark}</span>}</span>
        <p className="text-right">{report.top.map((line) => <span key={line} className="block">{line}</span>)}</p>
      </div>
      <h2 className="my-[6mm] text-center text-[15pt] font-bold">{report.title}</h2>
      {report.blocks.map((b, i) => {
        switch (b.kind) {
          case 'chapter':
            return <h3 key={i} className="mt-[7mm] mb-[2.5mm] border-b border-black text-[13pt] font-bold break-after-avoid">{b.text}</h3>;
          case 'section':
            return <h4 key={i} className="mt-[4mm] mb-[1mm] text-[11.5pt] font-bold break-after-avoid">{b.text}</h4>;
          case 'point':
            return <h5 key={i} className="mt-[1.5mm] pl-[1em] break-after-avoid">{b.text}</h5>;
          case 'table':
            return <Numbers key={i} rows={b.rows} right={b.right} />;
          case 'norm': case 'text': case 'label': case 'item':
            return <p key={i} className={looks[b.kind].className}>{looks[b.kind].mark}{b.text}</p>;
        }
      })}
      <p className="mt-[6mm] text-[8pt]">{t.records.paper.printed(session.name, `${t.date(now)} ${clock(now)}`)}</p>
    </article>
  );
}

function Numbers({ rows, right }: { rows: readonly string[][]; right: readonly boolean[] }) {
  const [head, ...body] = rows;
  const cell = (i: number) => `border border-black px-[1.5mm] py-[.8mm] ${right[i] ? 'text-right' : 'text-left'}`;
  return (
    <table className="w-full border-collapse text-[8.5pt]">
      <thead><tr>{head?.map((c, i) => <th key={i} scope="col" className="border border-black bg-[#eee] px-[1.5mm] py-[.8mm] text-left font-normal">{c}</th>)}</tr></thead>
      <tbody>{body.map((row) => <tr key={row[0]} className="break-inside-avoid">{row.map((c, i) => (i === 0 ? <th key={i} scope="row" className={`${cell(i)} font-normal`}>{c}</th> : <td key={i} className={cell(i)}>{c}</td>))}</tr>)}</tbody>
    </table>
  );
}
