export function Kbd({ children }: { children: string }) {
  return <kbd className="rounded-4 border border-b-2 border-line bg-raised px-1.5 py-0.5 font-sans text-xs leading-none whitespace-nowrap text-text-2">{children}</kbd>;
}
