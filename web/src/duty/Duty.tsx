import { useQuery } from '../url.ts';
import { Book } from './Book.tsx';
import { Overview } from './Overview.tsx';
import { RoundPage } from './RoundPage.tsx';

/** Duty is 今回の確認: how it stands, a round of it, and the ledger of a month. */
export default function Duty() {
  const query = useQuery();
  const round = query.get('round');
  const book = query.get('book');
  if (round) return <RoundPage key={round} id={round} n={Number(query.get('n') ?? 0)} />;
  if (book) return <Book unit={book} month={query.get('month') ?? ''} />;
  return <Overview />;
}
