import type { ReactNode } from 'react';

/** Page is a light page: its heading with what belongs beside it, and cards below; it scrolls as a whole. */
export function Page({ title, lead, tools, children }: { title: string; lead?: ReactNode; tools?: ReactNode; children: ReactNode }) {
  return (
    <main className="relative flex min-h-0 grow flex-col gap-4 overflow-auto px-6 py-5 tight:gap-2.5 tight:px-4 tight:py-3 print:block print:overflow-visible print:p-0!">
      <header className="flex min-h-10 flex-none items-center gap-4 tight:min-h-[34px] max-[1079px]:flex-wrap max-[1079px]:gap-y-2 print:hidden">
        <h1 className="text-2xl leading-[1.3] whitespace-nowrap tight:text-xl">{title}</h1>
        {lead && <div className="min-w-0 truncate text-text-2">{lead}</div>}
        {tools && <div className="ml-auto flex flex-none items-center gap-2 max-[1079px]:ml-0 max-[1079px]:min-w-0 max-[1079px]:flex-wrap max-[1079px]:flex-initial">{tools}</div>}
      </header>
      {children}
    </main>
  );
}
