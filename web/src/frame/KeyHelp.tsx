import { useText } from '../text/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';

/** KeyHelp lists the keys; more are those of one page. */
export function KeyHelp({ close, more = [] }: { close: () => void; more?: [string[], string][] }) {
  const t = useText();
  const k = t.keys;
  const list: [string[], string][] = [
    [['Space'], k.play], [['←', '→'], k.ten], [['Shift', '← →'], k.minute], [[',', '.'], k.frame], [['J', 'K', 'L'], k.speed],
    [['End'], k.live], [['+', '-'], k.zoom], [['F'], k.full], [['/'], k.search], [['?'], k.help], ...more,
  ];
  return (
    <Dialog title={k.title} close={close} closeLabel={k.close} className="w-[520px]">
      <dl className="grid grid-cols-2 gap-x-8 gap-y-3">
        {list.map(([keys, words]) => (
          <div key={words} className="flex items-center gap-3">
            <dt className="flex w-24 flex-none gap-1">{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</dt>
            <dd className="text-text-2">{words}</dd>
          </div>
        ))}
      </dl>
      <p className="text-[13px] text-text-3">{t.timeline.help}</p>
    </Dialog>
  );
}
