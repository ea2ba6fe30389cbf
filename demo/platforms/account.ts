/** A platform's account and the connection that Aria made for it. */
export type Account = { connectionId: string; apiKey: string; url: string; timeZone: string };

/** What Aria must answer. */
export type Expected = 'accepted' | 'duplicate' | 'quarantined';

/** One request of a platform. `late`: sent days after the call, once all else is done. */
export type PlatformRequest = {
  what: string;
  callInstanceId: string;
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body: string | null;
  expected: Expected;
  late: boolean;
};
