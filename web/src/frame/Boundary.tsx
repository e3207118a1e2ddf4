import { Component, type ReactNode } from 'react';
import { TextContext } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';

/**
 * Boundary keeps a fault in one page from taking the rest with it. A page that could not be loaded (the
 * server was renewed meanwhile, or is away) is loaded by trying again.
 */
export class Boundary extends Component<{ children: ReactNode }, { fault: string | null }> {
  static override contextType = TextContext;
  declare context: React.ContextType<typeof TextContext>;
  override state = { fault: null as string | null };

  static getDerivedStateFromError(err: unknown) {
    return { fault: err instanceof Error ? err.message : String(err) };
  }

  override render() {
    if (this.state.fault === null) return this.props.children;
    const t = this.context;
    return (
      <main role="alert" className="grid min-h-0 grow place-items-center p-6">
        <div className="flex max-w-lg flex-col items-center gap-4 text-center">
          <h1 className="text-xl">{t.fault.title}</h1>
          <p className="leading-[1.7] text-text-2">{t.fault.body}</p>
          <Button look="primary" onClick={() => location.reload()}>{t.fault.again}</Button>
          <p className="text-xs text-text-3">{this.state.fault}</p>
        </div>
      </main>
    );
  }
}
