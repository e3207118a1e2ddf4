import { useText } from '../text/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { KeyRows, type KeyRow } from '../ui/KeyRows.tsx';

/** RoundKeys are the keys of a round. */
export function RoundKeys({ close }: { close: () => void }) {
  const t = useText();
  const r = t.duty.round;
  const k = t.keys;
  const rows: KeyRow[] = [
    [['Y', 'Enter'], r.fine], [['X'], r.attention], [['Space'], k.play], [['R'], r.again], [['←', '→'], k.ten], [['Shift', '← →'], k.minute],
    [[',', '.'], k.frame], [['J', 'K', 'L'], k.speed], [['PageUp'], r.previous], [['PageDown'], r.next], [['?'], k.help],
  ];
  return (
    <Dialog title={k.title} close={close} closeLabel={k.close} className="w-[560px]">
      <KeyRows rows={rows} className="grid grid-cols-2 gap-x-8 gap-y-3" />
    </Dialog>
  );
}
