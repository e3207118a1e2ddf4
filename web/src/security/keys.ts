import { security, type KeyOptions } from '../api/security.ts';
import type { Problem, Result } from '../api/result.ts';

/** stopped is a key that was not shown: the person gave up, took too long, or has none that will do. */
export const stopped: Problem = { status: 0, code: 'key-stopped', detail: '' };
/** taken is an authenticator that has a key of this person already. */
export const taken: Problem = { status: 0, code: 'key-taken', detail: '' };
/** noKeys is a browser, or an address, without keys. */
export const noKeys: Problem = { status: 0, code: 'no-keys', detail: '' };

/** showKey has the browser make a key, or ask for one, and returns what the server wants to hear. */
export async function showKey(o: KeyOptions): Promise<Result<unknown>> {
  if (!('PublicKeyCredential' in window) || typeof PublicKeyCredential.parseRequestOptionsFromJSON !== 'function') return { ok: false, error: noKeys };
  try {
    const shown = o.kind === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(o.publicKey as PublicKeyCredentialCreationOptionsJSON) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(o.publicKey) });
    return shown instanceof PublicKeyCredential ? { ok: true, value: shown.toJSON() } : { ok: false, error: stopped };
  } catch (err) {
    const name = err instanceof DOMException ? err.name : '';
    return { ok: false, error: name === 'InvalidStateError' ? taken : name === 'SecurityError' ? noKeys : stopped };
  }
}

/** finishWithKey completes half a sign-in, with a key one has or the first one. */
export async function finishWithKey(label: string) {
  const begun = await security.halfKey();
  if (!begun.ok) return begun;
  const shown = await showKey(begun.value);
  return shown.ok ? security.finishWithKey(shown.value, label) : shown;
}

/** addKey registers a further key. */
export async function addKey(label: string) {
  const begun = await security.beginKey();
  if (!begun.ok) return begun;
  const shown = await showKey(begun.value);
  return shown.ok ? security.addKey(shown.value, label) : shown;
}
