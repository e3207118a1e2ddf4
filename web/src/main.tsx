import { begun } from './begin.ts';
import '@fontsource-variable/noto-sans-jp';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import './style.css';

void begun.then(() => createRoot(document.getElementById('app')!).render(<App />));
