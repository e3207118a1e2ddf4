import { useText } from '../text/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { KeyRows, type KeyRow } from '../ui/KeyRows.tsx';

/** KeyHelp lists the keys of the playback room; more are those of its tiles. */
export function KeyHelp({ close, more = [] }: { close: () => void; more?: KeyRow[] }) {
  const t = useText();
  const k = t.keys;
  const rows: KeyRow[] = [
    [['Space'], k.play], [['←', '→'], k.ten], [['Shift', '← →'], k.minute], [[',', '.'], k.frame], [['J', 'K', 'L'], k.speed],
    [['End'], k.live], [['+', '-'], k.zoom], [['F'], k.full], [['/'], k.search], [['?'], k.help], ...more,
  ];
  return (
    <Dialog title={k.title} close={close} closeLabel={k.close} className="w-[520px]">
      <KeyRows rows={rows} className="grid grid-cols-2 gap-x-8 gap-y-3" />
      <p className="text-[13px] text-text-3">{t.timeline.help}</p>
    </Dialog>
  );
}
