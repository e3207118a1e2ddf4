import { useText } from '../text/index.ts';
import { Factors } from './Factors.tsx';
import { Password } from './Password.tsx';
import { Tokens } from './Tokens.tsx';
import { SignIns } from './SignIns.tsx';
import { useUses } from './uses.ts';

/** Security is how a person signs in, and what acts for them: a part of the settings page. */
export function Security({ say }: { say: (text: string) => void }) {
  const t = useText();
  const [uses, load] = useUses();
  return (
    <section aria-label={t.security.section} className="col-span-full grid min-w-0 grid-cols-2 items-start gap-4 tight:gap-2.5 max-[900px]:grid-cols-1">
      <div className="flex min-w-0 flex-col gap-4 tight:gap-2.5">
        <SignIns state={uses} load={load} say={say} />
        <Tokens state={uses} load={load} say={say} />
      </div>
      <div className="flex min-w-0 flex-col gap-4 tight:gap-2.5">
        <Factors say={say} changed={load} />
        <Password say={say} changed={load} />
      </div>
    </section>
  );
}
