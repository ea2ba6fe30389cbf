/**
 * Every kind of problem that Aria answers with, by the last part of its `type`: what it means, and what to do. The list
 * is closed and the codes are stable; /problems/<code> shows it.
 */
export const problemCodes: Record<string, { means: string; todo: string }> = {
  already_erased: {
    means: 'The caller of this call was erased before.',
    todo: 'Nothing: what led to him is gone. The log of erasures has when and by whom.',
  },
  already_over: {
    means: 'The task has come to its end, so it cannot be stopped any more.',
    todo: 'Ask for its state; start another one if you need it.',
  },
  auth: {
    means: 'Signing in or out was refused.',
    todo: 'Check address and password. An owner makes people and passwords with npx aria user.',
  },
  bad_call_instance_id: {
    means:
      'The call id cannot be used: an unreplaced token, too long, or an empty form of one. The event was kept.',
    todo: "Use the platform's token for the call's id, in quotes. Then read the event again on the events page.",
  },
  bad_encoding: {
    means: 'The bytes are not compressed in the way that Content-Encoding says.',
    todo: 'Send gzip, deflate or br once, or no Content-Encoding at all.',
  },
  bad_http: {
    means: 'The bytes are no HTTP request.',
    todo: 'Check that the sender speaks plain HTTP to this port, and TLS to the proxy before it.',
  },
  bad_range: {
    means: 'The part of the file that was asked for does not exist.',
    todo: 'Ask for a range within the length that the answer names, or for the whole file.',
  },
  bad_request: {
    means: 'A parameter or field is missing, wrong or unknown here; `errors` names each.',
    todo: 'Correct what is named. /docs/api has every route with its parameters.',
  },
  body_cut_off: {
    means: 'The connection ended before the whole body had come.',
    todo: 'Send the request again.',
  },
  body_too_large: {
    means: 'The body exceeds 1 MiB, as sent or once unpacked.',
    todo: 'Send fewer events per request; leave out what is no part of the call.',
  },
  body_too_slow: {
    means: 'The body did not arrive within 10 seconds.',
    todo: 'Send the request again; check the network between.',
  },
  conflicting_identity: {
    means: 'The key, the connection id or the call id came twice with different values. The event was kept.',
    todo: 'Send each of them once: in the query or in the body.',
  },
  connection_name_key: {
    means: 'A credential was given in a form that this host cannot be given it in.',
    todo: 'Name the parameter or header beside its value.',
  },
  email_taken: {
    means: 'Somebody signs in with this e-mail address already.',
    todo: 'Use another address, or give that person a new password (npx aria user password).',
  },
  empty_body: {
    means: 'The request has neither a body nor values in its query.',
    todo: "Put the event's fields into the body or the query of the template.",
  },
  faulty_scorecard: {
    means: 'The scorecard cannot be used as it stands; `errors` names the places.',
    todo: 'Correct what is named; npx aria scorecard check says the same beside the file.',
  },
  file_too_large: {
    means: 'The file exceeds the limit for uploads (ARIA_MAX_IMPORT_MB).',
    todo: 'Run npx aria import beside the server, or split the file.',
  },
  forbidden: {
    means: 'Who asks is known, and lacks the scope that this needs: read, write or admin.',
    todo: 'Use a key with the scope (npx aria key create --scopes …), or sign in as an owner.',
  },
  foreign_origin: {
    means: 'A change was asked for with a cookie, but not from a page of this Aria.',
    todo: "Use Aria's own pages, or a machine key. Behind a proxy: pass the Host header on, and set ARIA_PUBLIC_URL.",
  },
  headers_too_large: {
    means: 'The address and the headers exceed 16 KB together.',
    todo: 'Send the data in the body.',
  },
  internal: {
    means: 'A fault in Aria. Nothing of a webhook request was acknowledged, so its sender may try again.',
    todo: 'Look up the given id in the log, and report what stands there.',
  },
  invalid_review: {
    means: 'A correction of a call does not fit the call: a value or a quote that cannot be.',
    todo: 'Choose among the values that are offered, and quote what stands in the transcript.',
  },
  link_used: {
    means: 'The link was used before, or its 24 hours are over.',
    todo: 'Make a new one: npx aria owner-link.',
  },
  malformed_json: {
    means: 'The body looks like JSON and is none; `detail` names the place. The bytes were kept.',
    todo: 'Put every token of the template in double quotes; where names may hold quotes, send a form instead.',
  },
  malformed_multipart: {
    means: 'The body says that it is multipart, and its parts cannot be told apart. The bytes were kept.',
    todo: 'Let the sending software set Content-Type with its boundary, or send JSON or a form.',
  },
  method_not_allowed: {
    means: 'This address takes other methods; the Allow header names them.',
    todo: 'Send events with POST, PUT, PATCH or GET.',
  },
  missing_call_instance_id: {
    means: 'The event does not say which call it is about. It was kept.',
    todo: 'Add call_instance_id to the template, or map your own name to it on the connection; then replay.',
  },
  missing_connection_id: {
    means: 'The event does not say whose it is. It was kept.',
    todo: 'Add connection_id to the body or the query, or post to /v1/events/{connection_id}.',
  },
  name_taken: { means: 'Something else has this name already.', todo: 'Choose another name.' },
  not_a_test: {
    means: 'This event is no test, and what platforms sent is never removed one by one.',
    todo: 'To remove the data of a person, erase the caller.',
  },
  not_an_object: {
    means: 'The body is JSON, but no object with fields, so it names no call. It was kept.',
    todo: 'Send {"call_instance_id": "…", …}, or a list of such objects.',
  },
  not_found: {
    means: 'There is nothing at this address, or nothing of this id.',
    todo: 'Check the id. /docs/api has every address.',
  },
  not_here: {
    means: 'This cannot be done through this process.',
    todo: 'Do what `detail` says, where Aria runs.',
  },
  not_ready: {
    means: 'What was asked for is still being made.',
    todo: 'Ask again in a moment.',
  },
  not_storable: {
    means: 'The event was kept, but its values cannot be stored as fields, so it belongs to no call.',
    todo: "Send the call's id as the platform gives it, at most 256 characters.",
  },
  nothing_to_publish: {
    means: 'There is no draft that differs from what is in force.',
    todo: 'Change the draft first.',
  },
  request_too_slow: {
    means: 'The request did not arrive in time.',
    todo: 'Send it again; check the network between.',
  },
  too_deep: {
    means: 'The JSON is nested more than 20 levels deep. It was kept.',
    todo: 'Send the fields of the call flat.',
  },
  too_many_fields: {
    means: 'One event has more than 500 fields. It was kept.',
    todo: 'Send what belongs to the call.',
  },
  too_many_items: {
    means: 'The list holds more than 500 events. It was kept, and none of them is used.',
    todo: 'Send several lists, or import a file.',
  },
  unauthorized: {
    means:
      'Key and connection do not belong together, or one is missing; of a person or machine: nobody is signed in.',
    todo: "Check the connection's key on its page (a lost one cannot be shown again: make another). Machines send Authorization: Bearer aria_….",
  },
  unavailable: {
    means: 'The store cannot be reached, is full or is overloaded. Nothing was stored.',
    todo: 'Try again after the seconds in Retry-After. The operator finds the cause at /health/ready and in the log.',
  },
  unknown_caller: {
    means: 'The number of this caller is not known.',
    todo: 'Nothing leads from this call to others of the same person, so there is nothing to erase by.',
  },
  unreadable_file: {
    means: 'The file is no CSV or NDJSON of calls; `detail` says what was found.',
    todo: 'Export it anew. Its columns must have a name for the call id.',
  },
  unsupported_body: {
    means: 'The body has a format that this address does not take.',
    todo: 'Webhook: JSON, form or multipart. Imports: the file itself as the body.',
  },
  url_too_long: {
    means: 'The address with its query exceeds 16 KB.',
    todo: 'Send the data in the body.',
  },
  wrong_state: {
    means: 'What is asked for does not fit the state that it is in now; somebody else may have been quicker.',
    todo: 'Look at it again, and decide anew.',
  },
  xml_unsupported: {
    means: 'XML is not read. The bytes were kept.',
    todo: 'Choose JSON or form in the platform; every one that offers XML offers them too.',
  },
};
