import type { Problem } from '../api/result.ts';
import type { Camera } from '../api/types.ts';
import { useText, type Text } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Remedies are what one may do about a picture that is not shown. */
export interface Remedies {
  askPurpose?: (() => void) | undefined;
  retry?: (() => void) | undefined;
  live?: (() => void) | undefined;
}

/** Refused says why a picture is not shown and whom to ask. */
export function Refused({ error, camera, id, remedies }: { error: Problem; camera: Camera | null; id: string; remedies: Remedies }) {
  const t = useText();
  const [what, why] = reason(t, error, camera, id);
  return (
    <div role="alert" className="hatch absolute inset-0 flex flex-col items-center justify-center gap-2 px-8 pt-4 text-center leading-[1.6] @max-[420px]:gap-0.5 @max-[420px]:px-3 @max-[420px]:text-[13px]">
      <Icon name={error.code === 'purpose-required' ? 'shield' : 'lock'} className="size-9 stroke-[1.3] text-text-2 @max-[420px]:hidden" />
      <p className="text-lg font-bold @max-[420px]:text-[15px] @max-[260px]:text-[13px]">{t.refused.title}</p>
      <p className="max-w-[36em] text-[15px] text-[#e3e6ea] @max-[420px]:text-[13px] @max-[260px]:text-xs">{what}</p>
      {why && <p className="max-w-[40em] text-[#b9bfc6] @max-[420px]:hidden">{why}</p>}
      {camera && (
        <div className="mt-2 flex flex-wrap justify-center gap-2">
          {remedies.askPurpose && (error.code === 'purpose-required' || error.code === 'bad-purpose') && <Button look="primary" onClick={remedies.askPurpose}>{t.refused.choose}</Button>}
          {remedies.retry && <Button onClick={remedies.retry}>{t.refused.retry}</Button>}
          {remedies.live && <Button onClick={remedies.live}>{t.refused.back}</Button>}
        </div>
      )}
    </div>
  );
}

function reason(t: Text, error: Problem, camera: Camera | null, id: string): [string, string] {
  switch (error.code) {
    case 'no-live':
      return [t.refused.noLive, t.refused.noLiveWhy];
    case 'purpose-required':
    case 'bad-purpose':
      return [t.refused.purpose, t.purpose.never];
    case 'too-many-sessions':
      return [t.refused.tooMany, ''];
    case 'codec-not-supported':
    case 'b-frames':
      return [t.refused.codec, t.refused.codecWhy];
    default:
      if (error.status === 404 || !camera) return [t.refused.unknown(id), t.refused.unknownWhy];
      return [error.detail || t.refused.denied, error.detail ? '' : t.refused.deniedWhy];
  }
}
