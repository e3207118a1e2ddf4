import { useText } from '../text/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';

/** RoundKeys are the keys of a round. */
export function RoundKeys({ close }: { close: () => void }) {
  const t = useText();
  const r = t.duty.round;
  const k = t.keys;
  const list: [string[], string][] = [
    [['Y', 'Enter'], r.fine], [['X'], r.attention], [['Space'], k.play], [['R'], r.again], [['←', '→'], k.ten], [['Shift', '← →'], k.minute],
    [[',', '.'], k.frame], [['J', 'K', 'L'], k.speed], [['PageUp'], r.previous], [['PageDown'], r.next], [['?'], k.help],
  ];
  return (
    <Dialog title={k.title} close={close} closeLabel={k.close} className="w-[560px]">
      <dl className="grid grid-cols-2 gap-x-8 gap-y-3">
        {list.map(([keys, words]) => (
          <div key={words} className="flex items-center gap-3">
            <dt className="flex w-24 flex-none gap-1">{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</dt>
            <dd className="text-text-2">{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
