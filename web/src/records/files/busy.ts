import { useCallback, useState } from 'react';

/** useUploading is whether files of any field are on their way, and what their fields tell it by. */
export function useUploading(): [boolean, (field: string, busy: boolean) => void] {
  const [fields, setFields] = useState<readonly string[]>([]);
  const tell = useCallback((field: string, busy: boolean) => setFields((all) => (all.includes(field) === busy ? all : busy ? [...all, field] : all.filter((f) => f !== field))), []);
  return [fields.length > 0, tell];
}
