import { ApiError, toProblem } from './api.ts';

/** Sends a file as the body of a request, streamed from disk by the browser. @throws ApiError */
export async function uploadFile(url: string, file: File): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    body: file,
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(toProblem(response.status, answer));
  return answer;
}
