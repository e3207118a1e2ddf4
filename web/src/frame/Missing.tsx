import { useStart } from '../person/settings.ts';
import { useText } from '../text/index.ts';
import { follow, link } from '../url.ts';

/** Missing is shown for an address that leads nowhere. */
export function Missing() {
  const t = useText();
  const start = useStart();
  return (
    <main className="grid min-h-0 grow place-items-center p-6">
      <div className="flex max-w-lg flex-col items-center gap-4 text-center">
        <h1 className="text-2xl">{t.missing.title}</h1>
        <p className="leading-[1.7] text-text-2">{t.missing.body}</p>
        {start && <a href={link(start)} onClick={follow} className="text-accent underline underline-offset-3 hover:no-underline">{t.missing.back(t[start].page)}</a>}
      </div>
    </main>
  );
}
