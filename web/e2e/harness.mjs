// Starts the real thing: camsim with numbered clips, and yagura with a small configuration of its own.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { clip } from './clip.mjs';

const root = resolve(import.meta.dirname, '../..');
export const password = 'kita-no-yagura-7';

/** ports asks the system for n free ones. */
async function ports(n) {
  const servers = await Promise.all(Array.from({ length: n }, async () => {
    const s = createServer().listen(0, '127.0.0.1');
    await once(s, 'listening');
    return s;
  }));
  const out = servers.map((s) => s.address().port);
  await Promise.all(servers.map((s) => new Promise((done) => s.close(done))));
  return out;
}

const binary = (name, given) => given ?? compiled(`./cmd/${name}`);

function compiled(command) {
  const out = join(tmpdir(), `yagura-e2e-${process.pid}`, basename(command));
  execFileSync('go', ['build', '-o', out, command], { cwd: root, stdio: 'inherit' });
  return out;
}

const camera = (id, number, name, room, section) => `  - id: ${id}
    number: ${number}
    name: ${name}
    kind: surveillance
    placements: [{from: 2017-06-01, room: ${room}, sections: [${section}]}]
    streams: {main: "rtsp://\${CAMERAS}/${id}/main", sub: "rtsp://\${CAMERAS}/${id}/sub"}
    retention: 30d
`;

const people = `people:
  - {login: kiki, name: 例示　花子, kana: レイジ　ハナコ, posts: [{post: crisis_management, unit: kiki-kanri, from: 2017-04-01}]}
  - {login: bucho, name: 見本　一郎, kana: ミホン　イチロウ, posts: [{post: department_head, unit: kumin, from: 2017-04-01}]}
  - {login: bucho-toshi, name: 見本　都, kana: ミホン　ミヤコ, posts: [{post: department_head, unit: toshi-seisaku, from: 2017-04-01}]}
  - {login: shisetsu, name: 見本　施, kana: ミホン　セツ, posts: [{post: facilities, unit: shisetsu, from: 2017-04-01}]}
`;

/** few is a small ward of three cameras; their files go into dir. */
function few(dir) {
  const cameras = join(dir, 'cameras');
  mkdirSync(cameras, { recursive: true });
  cpSync(join(root, 'camera-configs/organisation.yaml'), join(cameras, 'organisation.yaml'));
  writeFileSync(join(cameras, 'honcho-1f.yaml'), `site: honcho\nfloor: 1F\ncameras:\n${camera('a1-06', 'A1-06', '戸籍住民 執務室南', '戸籍住民', 'koseki')}${camera('a1-07', 'A1-07', '戸籍住民 端末列', '戸籍住民', 'koseki')}`);
  writeFileSync(join(cameras, 'seiso.yaml'), `site: seiso\ncameras:\n${camera('c-seiso-1', 'C-清掃-1', '清掃事務所 受付', '受付', 'gomi-zero')}`);
  writeFileSync(join(dir, 'people.yaml'), people);
}

/** whole is the sample ward, its 100 cameras and its people. */
function whole(dir) {
  cpSync(join(root, 'camera-configs'), join(dir, 'cameras'), { recursive: true });
  cpSync(join(root, 'scripts/sample-people.yaml'), join(dir, 'people.yaml'));
}

function configure(dir, [web, rtc, relay], relax, more) {
  writeFileSync(join(dir, 'yagura.yaml'), `listen: 127.0.0.1:${web}
origin: http://localhost:${web}
webrtc: {udp: "127.0.0.1:${rtc}", tcp: "127.0.0.1:${rtc}"}
relay: {listen: "127.0.0.1:${relay}", secret: "file:relay.key"}
data: data
database: "sqlite:data/yagura.db"
objects: "dir:data/objects"
cameras: cameras
camera_networks: [127.0.0.1/32]
policies: ${join(root, 'policies')}
relax: [${relax}]
segment: {duration: 10s}
${more}`);
}

/** knownBy is the part of the configuration about the ward's directory (internal/testserver/provider). */
const knownBy = (issuer) => `directory: {oidc: {issuer: "${issuer}", client_id: yagura, client_secret: secret-of-yagura}}
`;

/** Process is a child whose output goes into a file. */
class Process {
  constructor(path, args, env, log) {
    const out = openSync(log, 'a');
    this.child = spawn(path, args, { env: { ...process.env, ...env }, stdio: ['ignore', out, out] });
    this.ended = once(this.child, 'exit');
  }

  async end(signal = 'SIGTERM') {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    await this.ended;
  }
}

/** clips are the numbered pictures that cameras play; with E2E_SCENES the drawn offices instead. */
async function clips(ward) {
  if (process.env.E2E_SCENES) return [];
  const [main, sub] = ward > 0 ? [{ width: 640, height: 360, kbps: 400 }, { width: 384, height: 216, kbps: 150 }] : [{ width: 1280, height: 720, kbps: 1500 }, { width: 640, height: 360, kbps: 400 }];
  return ['--clip', await clip({ ...main, seconds: 60 }), '--sub-clip', await clip({ ...sub, seconds: 60 })];
}

/** credentials are what the sample cameras ask for. */
function credentials(dir) {
  const names = readdirSync(join(dir, 'cameras')).filter((f) => f.endsWith('.yaml')).flatMap((f) => readFileSync(join(dir, 'cameras', f), 'utf8').match(/(?<=\$\{)CAM_[A-Z0-9_]+(?=\})/g) ?? []);
  return Object.fromEntries(names.map((name) => [name, 'demo:yagura-demo']));
}

/** plant writes 40 s of footage of each of so many days before today, at a dozen cameras of the ward (scripts/past), and has them imported. */
function plant(days, dir, run) {
  const out = join(dir, 'past');
  execFileSync('go', ['run', './scripts/past', out, '--part', 'days', '--days', String(days), '--minutes', '40s'], { cwd: root, stdio: 'inherit' });
  run('import', out, '--exempt', '--remove');
}

/**
 * start brings everything up; close() takes it down again. ward: N takes the sample ward, with N of its
 * cameras (a1-07 among them) playing a small numbered clip; without it there are three cameras. past: N
 * plants footage of the last N days into the ward. only: the cameras that play, by id, instead of the
 * first N. sample: true fills the ward's records (yagura sample), N also its operation logs with about so many events a month. people: false leaves it without anybody. config: further lines of it. directory: logins that a provider by OpenID Connect knows.
 */
export async function start({ relax = 'second_factor', ward = 0, only = null, past = 0, people = true, sample = false, directory = [], config: lines = '' } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'yagura-e2e-'));
  const [web, rtc, relay, rtsp, control, idp] = await ports(6);
  const bin = { yagura: binary('yagura', process.env.YAGURA_BIN), camsim: binary('camsim', process.env.CAMSIM_BIN) };
  (ward > 0 ? whole : few)(dir);
  configure(dir, [web, rtc, relay], relax, lines + (directory.length > 0 ? knownBy(`http://127.0.0.1:${idp}`) : ''));
  const env = { CAMERAS: `127.0.0.1:${rtsp}`, ...credentials(dir) };
  const played = only ? ['--cameras', only.join(',')] : ward > 0 ? ['--configs', join(dir, 'cameras'), '--limit', String(ward)] : [];
  const config = ['--config', join(dir, 'yagura.yaml')];
  mkdirSync(join(dir, 'data'), { recursive: true });
  const runWith = (input, ...args) => execFileSync(bin.yagura, [...args, ...config], { env: { ...process.env, ...env }, input: `${input}\n` });
  const run = (...args) => runWith(password, ...args);
  if (people) run('user', 'import', join(dir, 'people.yaml'), '--password-stdin');
  if (sample) run('sample', '--events', String(sample === true ? 0 : sample), '--password-stdin');
  const camsim = new Process(bin.camsim, ['--listen', `127.0.0.1:${rtsp}`, '--control', `127.0.0.1:${control}`, ...played, ...(await clips(ward))], env, join(dir, 'camsim.log'));
  const serve = () => new Process(bin.yagura, ['serve', ...config], env, join(dir, 'yagura.log'));
  const origin = `http://localhost:${web}`;
  const provider = directory.length > 0 ? new Process(compiled('./scripts/provider'), [`127.0.0.1:${idp}`, `${origin}/signin/back`, ...directory], {}, join(dir, 'provider.log')) : null;
  const system = {
    provider: `http://127.0.0.1:${idp}`,
    dir, origin, control: `http://127.0.0.1:${control}`, run, runWith, yagura: serve(),
    log: () => readFileSync(join(dir, 'yagura.log'), 'utf8'),
    async ready() {
      for (let i = 0; i < 300; i++) {
        if (await fetch(`${origin}/readyz`).then((r) => r.ok, () => false)) return;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error(`yagura did not become ready:\n${system.log()}`);
    },
    restart() {
      system.yagura = serve();
    },
    async close() {
      await Promise.all([system.yagura.end(), camsim.end(), provider?.end()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
  try {
    await system.ready();
    if (past > 0) plant(past, dir, run);
  } catch (err) {
    await system.close();
    throw err;
  }
  return system;
}

/** launch starts the browser the machine has. */
export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
