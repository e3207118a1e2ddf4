import { useText } from '../text/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { KeyRows, type KeyRow } from '../ui/KeyRows.tsx';

/** KeyList is all keys of the wall. */
export function KeyList({ close }: { close: () => void }) {
  const t = useText();
  const k = t.wall.keys;
  const groups: [string, KeyRow[]][] = [
    [k.groups.wall, [[['1', '…', '9'], k.select], [['↑', '↓'], k.beside], [['Ctrl', '←', '→'], k.beside], [['Enter'], k.enlarge], [['M'], k.move], [['Delete'], k.remove]]],
    [k.groups.time, [[['←', '→'], k.ten], [['Shift', '←', '→'], k.minute], [['J', 'K', 'L'], k.jkl], [[',', '.'], k.frame], [['Space'], k.space], [['End'], k.live], [['T'], k.timeline]]],
    [k.groups.page, [[['F'], k.full], [['P'], k.layouts], [['/'], k.search], [['?'], k.help]]],
  ];
  return (
    <Dialog title={k.title} close={close} closeLabel={t.keys.close} className="w-[760px] max-w-[92vw]">
      <div className="grid grid-cols-2 gap-x-10 gap-y-5 max-[640px]:grid-cols-1">
        {groups.map(([name, rows]) => (
          <section key={name}>
            <h3 className="mb-2 border-b border-line pb-1 text-[15px]">{name}</h3>
            <KeyRows rows={rows} className="flex flex-col gap-2" wide="w-32" />
          </section>
        ))}
      </div>
      <p className="text-[13px] leading-[1.6] text-text-3">{k.note}</p>
    </Dialog>
  );
}
