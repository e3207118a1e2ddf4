import type { ReactNode } from 'react';
import { useText } from '../text/index.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { follow, link, type Page } from '../url.ts';

/** Square is a page behind an icon. */
export function Square({ page, icon, current, children }: { page: Page; icon: IconName; current: Page | null; children?: ReactNode }) {
  const t = useText();
  return (
    <a href={link(page)} onClick={follow} title={t[page].page} aria-current={page === current ? 'page' : undefined}
      className="relative grid size-9 flex-none place-items-center rounded-8 text-text-2 hover:bg-soft aria-[current]:bg-accent-soft aria-[current]:text-accent tight:size-8">
      <Icon name={icon} className="size-5" /><span className="sr-only">{t[page].page}</span>{children}
    </a>
  );
}
