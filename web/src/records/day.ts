import { serverClock } from '../api/client.ts';

export const dayLong = 86_400_000; // ms
const japan = 9 * 3_600_000; // ms that its clocks are ahead of UTC

/** dayIn is the day so many days from now, in Japan, as YYYY-MM-DD. */
export const dayIn = (days: number) => new Date(serverClock.now() / 1000 + japan + days * dayLong).toISOString().slice(0, 10);
