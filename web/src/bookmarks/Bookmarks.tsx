import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { serverClock } from '../api/client.ts';
import type { Bookmark } from '../api/bookmarks.ts';
import { useCameraOf, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant, SECOND, wall } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { useToast } from '../ui/Toast.tsx';
import { follow, go, useQuery } from '../url.ts';
import { Detail } from './Detail.tsx';
import { Search } from './Search.tsx';
import { Finder } from './finder.ts';
import { narrowed, read, wanted, write, type Place } from './place.ts';

/** Bookmarks is the list of bookmarks and stills one may see, and one of them open. */
export default function Bookmarks() {
  const t = useText();
  const query = useQuery();
  const place = useMemo(() => read(query), [query]);
  const finder = useFinder(place);
  const found = useSyncExternalStore(finder.subscribe, finder.get);
  const [toast, say] = useToast();
  const open = found.kind === 'ready' ? (found.bookmarks.find((b) => b.id === place.id) ?? null) : null;
  const move = (change: Partial<Place>, replace = true) => go(write({ ...place, ...change }), replace);
  return (
    <Page title={t.bookmarks.page} lead={found.kind === 'ready' && t.bookmarks.found(found.bookmarks.length, found.more)}>
      <Search place={place} move={move} />
      <div className="grid min-h-0 grow min-[1080px]:grid-cols-[minmax(0,1fr)_minmax(0,34rem)] gap-4 min-[1080px]:tight:grid-cols-[minmax(0,1fr)_minmax(0,27rem)] tight:gap-2.5 max-[1079px]:flex-none">
        <Card title={t.inbox.list} className="min-h-60" body="min-h-0 grow overflow-auto flex flex-col">
          {found.kind === 'loading' && <Bones rows={6} />}
          {found.kind === 'failed' && <Failed error={found.error} retry={() => void finder.again()} />}
          {found.kind === 'ready' && found.bookmarks.length === 0 && (narrowed(place) ? <Nothing icon="search" title={t.bookmarks.noneFound} action={<Button onClick={() => go(write(read(new URLSearchParams())))}>{t.bookmarks.clear}</Button>}>{t.bookmarks.noneFoundBody}</Nothing>
            : <Nothing icon="flag" title={t.bookmarks.none}>{t.bookmarks.noneBody}</Nothing>)}
          {found.kind === 'ready' && found.bookmarks.length > 0 && (
            <>
              <Rows bookmarks={found.bookmarks} place={place} />
              {found.more && <div className="flex justify-center p-3"><Button disabled={found.busy} onClick={() => void finder.more()}>{t.bookmarks.more}</Button></div>}
            </>
          )}
        </Card>
        {open ? <Detail key={open.id} bookmark={open} changed={(b, what) => {
          finder.changed(open.id, b);
          say(what);
          if (!b) move({ id: '' });
        }} /> : (
          <section className="flex min-h-0 rounded-8 border border-line bg-surface">
            {place.id && found.kind === 'ready' ? <Nothing icon="flag" title={t.bookmarks.gone}>{t.bookmarks.goneBody}</Nothing> : <Nothing icon="flag" title={t.bookmarks.pick} />}
          </section>
        )}
      </div>
      {toast}
    </Page>
  );
}

function useFinder(place: Place): Finder {
  const { desk } = usePerson();
  const [finder] = useState(() => new Finder(desk.ended));
  useEffect(() => () => finder.close(), [finder]);
  const { q, camera, from, to, whose, still } = place;
  useEffect(() => {
    void finder.find(wanted({ q, camera, from, to, whose, still, id: '' }, wall(serverClock.now()).year));
  }, [finder, q, camera, from, to, whose, still]);
  return finder;
}

function Rows({ bookmarks, place }: { bookmarks: readonly Bookmark[]; place: Place }) {
  const t = useText();
  const cameraOf = useCameraOf();
  const c = t.bookmarks.columns;
  const columns: Column<Bookmark>[] = [
    { head: c.at, cell: (b) => <span className="flex items-center gap-2"><Icon name={b.still ? 'photo' : 'flag'} className="size-4 text-mark" /><span>{t.date(parseInstant(b.at))} <b>{clock(parseInstant(b.at))}</b></span>{b.to && <span className="text-xs text-text-3">{t.bookmarks.length(t.duration((parseInstant(b.to) - parseInstant(b.at)) / SECOND))}</span>}</span> },
    { head: c.camera, cell: (b) => <span className="block max-w-44 truncate" title={cameraOf(b.camera)?.name}>{cameraOf(b.camera)?.name ?? b.camera} <span className="text-xs text-text-3">{cameraOf(b.camera)?.number}</span></span> },
    { head: c.text, names: true, className: 'w-full max-w-0', cell: (b) => (
      <a href={write({ ...place, id: b.id })} onClick={follow} title={b.text} className={`block truncate after:absolute after:inset-0 focus-inside ${b.text ? '' : 'text-text-3'}`}>{b.text || (b.still ? t.bookmarks.stillMark : t.bookmarks.noText)}</a>
    ) },
    { head: c.shared, className: 'max-[899px]:hidden', cell: (b) => (b.shared ? <Chip tone="key" icon="user">{t.bookmarks.shared}</Chip> : <span className="text-[13px] text-text-3">{t.bookmarks.own}</span>) },
    { head: c.by, className: 'tight:hidden', cell: (b) => `${b.by_title} ${b.by_name.replace('　', ' ')}` },
  ];
  return <Table label={t.bookmarks.page} columns={columns} rows={bookmarks} keyOf={(b) => b.id} selected={(b) => b.id === place.id} />;
}
