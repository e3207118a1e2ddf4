import { expect, test } from 'vitest';
import type { Question, Target } from '../api/survey.ts';
import { asked, byCategory, given, same } from './answers.ts';

const option = (id: string, text = '') => ({ id, name: id, name_en: id, text, text_en: text });
const q = (id: string, when = '', is: string[] = []): Question => ({ id, label: id, text: id, text_en: id, kind: 'choice', options: [option('yes'), option('no', 'why')], when, is });
const questions = [q('a'), q('b', 'a', ['yes']), q('c', 'b', ['yes'])];

test('a question is asked only where the ones before it make it one', () => {
  expect(asked(questions[0]!, {})).toBe(true);
  expect(asked(questions[1]!, { a: { is: ['no'] } })).toBe(false);
  const answers = { a: { is: ['no'], text: 'because' }, b: { is: ['yes'] }, c: { is: ['yes'] } };
  expect(given(questions, answers)).toEqual({ a: { is: ['no'], text: 'because' } });
  expect(given(questions, { a: { is: ['yes'], text: 'of before' }, b: { is: ['yes'] }, c: { is: [] } })).toEqual({ a: { is: ['yes'] }, b: { is: ['yes'] } });
});

test('the order of choices is no difference', () => {
  expect(same({ a: { is: ['x', 'y'] } }, { a: { is: ['y', 'x'], text: '' } })).toBe(true);
  expect(same({ a: { is: ['x'] } }, {})).toBe(false);
});

test('who handed in is counted by category', () => {
  const target = (category: string, state: Target['state']) => ({ category, state }) as Target;
  expect(byCategory([target('分野', 'submitted'), target('学校', 'draft'), target('分野', 'waiting'), target('分野', 'confirmed')])).toEqual([{ category: '分野', all: 3, done: 2 }, { category: '学校', all: 1, done: 0 }]);
});
