import type { Camera, SessionInfo } from '../api/types.ts';
import { nameOf, post } from '../frame/Top.tsx';
import { usePerson } from '../person/person.ts';
import { stated } from '../person/rights.ts';
import { useText, type Text } from '../text/index.ts';

/** Viewer names whoever looks, and why, faintly over the picture. */
export function Viewer({ camera, className = '' }: { camera: Camera | null; className?: string }) {
  const t = useText();
  const { session } = usePerson();
  return (
    <span className={`truncate tracking-[.02em] ${className}`}>
      {camera && stated(session, camera) && <span className="@max-[420px]:hidden">{t.purpose.names[session.purpose]}　{session.case && `${session.case}　`}</span>}
      <span className="@max-[230px]:hidden">{office(t, session)} </span>{nameOf(session)}
    </span>
  );
}

/** office is the post with its unit, the way one writes it: 区民サービス管理部長. */
function office(t: Text, s: SessionInfo): string {
  const unit = s.appointments[0]?.unit_name ?? '';
  const title = post(t, s);
  if (t.lang !== 'ja' || !unit || title.startsWith(unit)) return title;
  return unit.endsWith(title.slice(0, 1)) ? unit + title.slice(1) : `${unit} ${title}`;
}
