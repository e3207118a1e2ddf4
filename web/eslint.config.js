import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const noReact = { patterns: ['react', 'react-dom', 'react-dom/*', '*.tsx', '../ui/*', '../pages/*'] };

export default defineConfig(
  { ignores: ['dist/', 'src/api/schema.d.ts', 'e2e/', 'bench/', 'scripts/', '*.config.js'] },
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  { files: ['src/player/**', 'src/timeline/{draw,model,view}.ts', 'src/time/**', 'src/plan/geometry.ts', 'src/audit/log.ts', 'src/health/board.ts', 'src/health/model.ts', 'src/health/csv.ts', 'src/diagnostics/probe.ts', 'src/diagnostics/diagnosis.ts', 'src/rights/model.ts', 'src/records/files/{queue,size}.ts'], rules: { 'no-restricted-imports': ['error', noReact] } },
  { files: ['src/playback/{follower,grid,lane,lanes,notes,pace,place,pool,preview,room,roomstate,typed}.ts'], rules: { 'no-restricted-imports': ['error', noReact] } },
  { files: ['carousel', 'drag', 'focus', 'hand', 'layout', 'place', 'recent', 'sets', 'tree', 'wall'].map((f) => `src/wall/${f}.ts`), rules: { 'no-restricted-imports': ['error', noReact] } },
  { files: ['src/pages/**', 'src/playback/**', 'src/ui/**', 'src/wall/*.tsx'], rules: { 'no-restricted-globals': ['error', 'RTCPeerConnection'] } },
);
