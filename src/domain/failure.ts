/**
 * Every way in which a stage can fail, with what the operator can do about it. The list is closed: anything
 * else thrown is a bug and is reported as `internal`. docs/operate.md is generated from it.
 */
export const failureAdvice = {
  'recording.bad-url':
    'The recording field is no usable http(s) address. Fix the template at the platform; a later event with a good address restarts the fetch.',
  'recording.blocked-address':
    'The address leads to a private, loopback or metadata network, which Aria never calls. For a recording server in your own network, list its host in ARIA_ALLOW_HOSTS.',
  'recording.not-found':
    'The server has no recording at this address (yet). Aria retries for 24 hours; a new address in a later event restarts it.',
  'recording.blocked-port':
    'Recordings are fetched from ports 80 and 443 only. Name host and port (host:8443) under Recordings on the connection, or by npx aria connection recording-host set; the calls that waited for it are then fetched by themselves.',
  'recording.unauthorized':
    'The server wants credentials, other credentials, or the link has expired. Set credentials for the host under Recordings on the connection (or npx aria connection recording-auth set), or have the platform send a public or a fresh link: either restarts the fetch by itself.',
  'recording.rate-limited':
    'The server wants fewer requests. Aria keeps to the pause that it asks for, downloads fewer recordings at a time from it, and slowly more again; nothing needs to be done. If it lasts, have the platform raise its limit.',
  'recording.untrusted':
    'The certificate of the server is expired, self-signed or for another host. Have it renewed; for a server of your own, set its certificate authority for the host under Recordings on the connection. Aria retries for 24 hours.',
  'recording.unavailable':
    'The server did not answer, or answered with a fault of its own. Aria retries for 24 hours.',
  'recording.too-large': 'The recording exceeds ARIA_MAX_RECORDING_MB.',
  'recording.too-slow':
    'The server sends slower than the minimum rate or beyond the time limit. Aria retries.',
  'recording.not-audio':
    'The server answered with something that is no audio. A sign-in page: set credentials for the host under Recordings on the connection. An expired link: have the platform send a fresh one. Else open the address in a browser to see it. Aria retries for 24 hours.',
  'recording.empty-audio': 'The file is audio but holds next to nothing. The call cannot be scored from it.',
  'recording.unsupported':
    'The audio format cannot be decoded here. Install ffmpeg, or have the platform record WAV or MP3.',
  'recording.corrupt': 'The file claims to be audio but cannot be decoded.',
  'recording.missing-file':
    'The stored audio is gone from the data folder. Run the recording stage again to fetch it anew.',
  'transcribe.no-engine':
    'No speech engine that this connection may use is set up. Add a model (npx aria models pull, or models add FOLDER on a machine without internet) or configure a provider (npx aria engines list says what is missing); waiting calls then go on by themselves.',
  'transcribe.engine-crashed':
    'The recognition process died. It is restarted; if it repeats, check the model files with npx aria models list.',
  'transcribe.provider-refused':
    'The speech engine refused the request for a reason of its own (key, credit or model name) and rests. Mend that, then npx aria engines resume NAME; the calls go on by themselves.',
  'transcribe.recording-refused':
    'The speech engine cannot work with this recording, and no other engine in the order could. Listen to it; run the stage again with another engine.',
  'transcribe.provider-unavailable':
    'The transcription server did not answer or answered with a fault of its own. Aria retries.',
  'transcribe.bad-answer':
    'The speech engine answered with something that is no transcript of this audio, and no other engine in the order did better. Aria retries, then gives up.',
  'transcribe.original-removed':
    'The recording was transcribed before, and what was removed from its text was silenced in the stored audio; the original is gone, as ARIA_KEEP_ORIGINALS is off. The earlier transcript stays. To hear it anew, run the recording stage again, which fetches the audio from the platform.',
  'score.no-scorecard':
    'No scorecard fits the call: its vertical is unknown. Set a scorecard on the connection, or send vertical.',
  'score.provider-refused':
    'The language model server refused the request (key, credit or model name). Mend that: one of the calls asks again every ten minutes and at each start, and once it is answered all go on. To go on at once: npx aria rerun --stage score --state parked.',
  'score.provider-unavailable':
    'The language model server did not answer in time or answered with a fault of its own. Aria retries.',
  'score.bad-answer':
    'The language model answered with something that answers no questions. Aria retries, then gives up.',
  'score.budget-spent':
    'The money for language models of this day is spent (ARIA_JUDGE_DAILY_USD). The call is judged after midnight UTC; raise the amount and run the stage again to go on now.',
  'score.bad-scorecard': 'The scorecard cannot be read. Run npx aria scorecard check.',
  'send.no-mail-server':
    'No mail server is set up. Set ARIA_SMTP_URL (e.g. smtp://user:password@mail.example.com:587) and ARIA_MAIL_FROM, restart Aria, then send again.',
  'send.mail-unavailable':
    'The mail server did not answer or had a fault of its own. Aria retries for about 8 hours; check ARIA_SMTP_URL if it goes on.',
  'send.mail-refused':
    'The mail server refused the mail (credentials, sender or recipient). Check ARIA_SMTP_URL, ARIA_MAIL_FROM and the recipients, then send again.',
  'send.webhook-unavailable': 'The address did not answer with success. Aria retries for about 8 hours.',
  'send.webhook-refused':
    'The address refused what was posted, or may not be called. Check it; a server in your own network must be listed in ARIA_ALLOW_HOSTS. Then send again.',
  'send.bad-report':
    'The saved report asks for something that Aria no longer knows. Open it, save it anew, then send again.',
  'send.too-large': 'The file is too large to be sent. Narrow the saved report, or send a link.',
  'send.owner-gone':
    'Nothing is sent for somebody who may no longer do so. Resume the schedule to make it yours, or remove it.',
  'send.interrupted':
    'The process that sent it ended each time, perhaps for want of memory (npx aria config; the log of the system). Narrow the saved report or send a link, then send again.',
  interrupted:
    'The process that worked on the call ended each time, perhaps for want of memory (npx aria config; the log of the system). Mend that, then run the stage again.',
  internal: 'A fault in Aria. The log has the details under the failure id; please report it.',
} as const satisfies Record<string, string>;

export type FailureCode = keyof typeof failureAdvice;

/**
 * When to try again: `never`, `soon` by the stage's schedule, `park` until somebody acts, at a set time, or by the
 * schedule but not before a set time.
 */
export type Retry = 'never' | 'soon' | 'park' | { at: Date } | { notBefore: Date };

/** An expected failure of a stage. `detail` says what happened where, in words for people, without secrets. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly retry: Retry;
  readonly detail: string;

  constructor(code: FailureCode, retry: Retry, detail: string, options?: { cause?: unknown }) {
    super(`${code}: ${detail}`, options);
    this.name = 'Failure';
    this.code = code;
    this.retry = retry;
    this.detail = detail;
  }
}
