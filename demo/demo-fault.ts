/** The demo cannot go on; the message says why and what to do about it. */
export class DemoFault extends Error {
  override name = 'DemoFault';
}
