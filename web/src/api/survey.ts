import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Survey = Schemas['SurveyBody'];
export type Surveys = Schemas['SurveysOutputBody'];
export type OneSurvey = Schemas['OneSurveyOutputBody'];
export type Target = Schemas['TargetBody'];
export type Question = Schemas['QuestionBody'];
export type Answer = Schemas['AnswerBody'];
export type Answers = Record<string, Answer>;
export type Reply = Schemas['ReplyOutputBody'];
export type Written = Schemas['WrittenBody'];
export type Report = Schemas['SurveyReportOutputBody'];
export type NewSurvey = Omit<Schemas['CreateSurveyInputBody'], '$schema'>;
export type ReplyState = Target['state'];

const of = (name: string) => `/api/surveys/${encodeURIComponent(name)}`;
const reply = (name: string, target: string) => `${of(name)}/replies/${encodeURIComponent(target)}`;

/** surveys are the ward's surveys: what units answer, and what the centre makes of it. */
export const surveys = {
  list: (signal?: AbortSignal) => call<Surveys>('GET', '/api/surveys', undefined, signal),
  create: (s: NewSurvey) => call<Survey>('POST', '/api/surveys', s),
  edit: (s: NewSurvey, version: number) => call<Survey>('PUT', of(s.name), { version, title: s.title, purpose: s.purpose, from: s.from, to: s.to, since: s.since, as_of: s.as_of }),
  one: (name: string, signal?: AbortSignal) => call<OneSurvey>('GET', of(name), undefined, signal),
  move: (s: Survey, move: string, reason: string) => call<undefined>('POST', `${of(s.name)}/moves/${move}`, { version: s.version, reason }),
  chase: (name: string) => call<{ replies: number }>('POST', `${of(name)}/chase`),
  confirmAll: (name: string) => call<{ replies: number }>('POST', `${of(name)}/confirm`),
  answers: (name: string, signal?: AbortSignal) => call<Schemas['SurveyAnswersOutputBody']>('GET', `${of(name)}/answers`, undefined, signal),
  report: (name: string, signal?: AbortSignal) => call<Report>('GET', `${of(name)}/report`, undefined, signal),
  reply: (name: string, target: string, signal?: AbortSignal) => call<Reply>('GET', reply(name, target), undefined, signal),
  save: (name: string, target: string, version: number, answers: Answers) => call<undefined>('PUT', reply(name, target), { version, answers }),
  moveReply: (name: string, target: string, version: number, move: string, reason: string) => call<undefined>('POST', `${reply(name, target)}/moves/${move}`, { version, reason }),
  quote: (name: string, w: Written, main: boolean, edited: string) => call<undefined>('PUT', `${reply(name, w.target)}/quotes/${encodeURIComponent(w.question)}`, { version: w.version, main, edited }),
  file: (name: string, format: 'text' | 'pdf' | 'xlsx') => `${of(name)}/report/file?format=${format}`,
};
