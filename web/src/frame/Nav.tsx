import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useText } from '../text/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { usePopover } from '../ui/popover.ts';
import { follow, link, type Page } from '../url.ts';
import { fitting } from './fitting.ts';

const tab = 'flex h-full flex-none items-center border-b-3 border-transparent px-3 pt-[3px] text-[15px] whitespace-nowrap text-text-2 hover:text-text focus-inside aria-[current]:border-accent aria-[current]:font-bold aria-[current]:text-accent tight:px-2 tight:text-sm';

/** Nav are the pages one may go to. Those for which the bar is too narrow are behind its last button. */
export function Nav({ page, pages }: { page: Page | null; pages: readonly Page[] }) {
  const t = useText();
  const box = useRef<HTMLElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const n = useFitting(box, ruler, t.lang + pages.join());
  const behind = pages.slice(n);
  return (
    <nav ref={box} aria-label={t.nav.label} className="relative flex h-full min-w-0 grow">
      <div ref={ruler} aria-hidden="true" className="invisible absolute inset-0 flex overflow-hidden">
        {pages.map((p) => <span key={p} data-name={t[p].page} className={`${tab} font-bold before:content-[attr(data-name)]`} />)}
        <span data-name={t.nav.more} className={`${tab} before:content-[attr(data-name)]`}><Icon name="chevronDown" className="ml-1 size-4" /></span>
      </div>
      {pages.slice(0, n).map((p) => <a key={p} href={link(p)} onClick={follow} aria-current={p === page ? 'page' : undefined} className={tab}>{t[p].page}</a>)}
      {behind.length > 0 && <More page={page} pages={behind} />}
    </nav>
  );
}

function More({ page, pages }: { page: Page | null; pages: readonly Page[] }) {
  const t = useText();
  const { open, setOpen, root, onKeyDown } = usePopover<HTMLDivElement>();
  const here = page !== null && pages.includes(page);
  return (
    <div ref={root} className="relative flex-none" onKeyDown={onKeyDown}>
      <button type="button" aria-expanded={open} aria-current={here || undefined} onClick={() => setOpen(!open)} className={tab}>{t.nav.more}<Icon name="chevronDown" className="ml-1 size-4" /></button>
      {open && (
        <div className="absolute top-[calc(100%-4px)] left-0 min-w-52 rounded-8 border border-line bg-surface p-2">
          {pages.map((p) => (
            <a key={p} href={link(p)} onClick={(e) => (follow(e), setOpen(false))} aria-current={p === page ? 'page' : undefined}
              className="flex h-10 items-center rounded-6 px-3 whitespace-nowrap hover:bg-soft focus-inside aria-[current]:font-bold aria-[current]:text-accent">{t[p].page}</a>
          ))}
        </div>
      )}
    </div>
  );
}

/** useFitting is how many of the pages fit beside each other, measured before anybody sees them; names: measured anew when they change. */
function useFitting(box: RefObject<HTMLElement | null>, ruler: RefObject<HTMLElement | null>, names: string): number {
  const [n, setN] = useState(Infinity);
  useLayoutEffect(() => {
    const measure = () => setN(fitting([...ruler.current!.children].map((e) => (e as HTMLElement).offsetWidth), box.current!.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box.current!);
    void document.fonts.ready.then(() => box.current && measure());
    return () => observer.disconnect();
  }, [box, ruler, names]);
  return n;
}
