import '@fontsource-variable/noto-sans-jp';
import { createRoot } from 'react-dom/client';
import '../style.css';
import { Public } from './Public.tsx';

createRoot(document.getElementById('app')!).render(<Public />);
