/** Why a request yields no data. The bytes are kept all the same when the sender authenticated. */
export type Unreadable = {
  status: 400 | 413 | 415 | 422;
  /** Stable; the last part of the problem's `type`. Listed in docs/webhook.md. */
  code:
    | 'empty_body'
    | 'malformed_json'
    | 'malformed_multipart'
    | 'conflicting_identity'
    | 'too_many_fields'
    | 'too_many_items'
    | 'too_deep'
    | 'xml_unsupported'
    | 'unsupported_body'
    | 'not_an_object'
    | 'bad_encoding';
  /** For the integrating engineer: what was found, where, what to do. Never holds a key. */
  detail: string;
};

export function unreadable(
  status: Unreadable['status'],
  code: Unreadable['code'],
  detail: string,
): { unreadable: Unreadable } {
  return { unreadable: { status, code, detail } };
}
