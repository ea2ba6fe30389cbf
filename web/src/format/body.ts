/** A request body laid out for reading: JSON indented, forms one pair a line; anything else as it came. */
export function prettyBody(body: string, contentType: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // no JSON, whatever the content type says
  }
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join('\n');
  }
  return body;
}
