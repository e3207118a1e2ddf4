import { useText } from '../text/index.ts';
import { KeyRows, type KeyRow } from '../ui/KeyRows.tsx';

/** Keys are the keys that work alike on pages of footage, and everywhere. */
export function Keys({ footage }: { footage: boolean }) {
  const t = useText();
  const k = t.settings.keys;
  const groups: [string, KeyRow[]][] = [
    [k.groups.time, [[['←', '→'], k.ten], [['Shift', '←', '→'], k.minute], [['J', 'K', 'L'], k.jkl], [['Space'], k.play], [[',', '.'], k.frame], [['N', 'P'], k.activity], [['End'], k.live], [['G'], k.goTo]]],
    [k.groups.picture, [[['1', '～', '9'], k.tile], [['Enter'], k.enlarge], [['F'], k.full], [['B'], k.bookmark]]],
    [k.groups.page, [[['/'], k.search], [['?'], k.help], [['Esc'], k.close], [['Tab'], k.next], [['↑', '↓', '←', '→'], k.plan]]],
  ];
  return (
    <div className="grid grid-cols-3 gap-x-8 gap-y-4 max-[1240px]:grid-cols-2 max-[640px]:grid-cols-1">
      {groups.slice(footage ? 0 : 2).map(([name, rows]) => (
        <section key={name}>
          <h3 className="mb-2 border-b border-soft pb-1.5">{name}</h3>
          <KeyRows rows={rows} className="flex flex-col gap-1.5" wide="w-[128px]" />
        </section>
      ))}
      {footage && <p className="col-span-full text-[13px] text-text-3">{k.note}</p>}
    </div>
  );
}
