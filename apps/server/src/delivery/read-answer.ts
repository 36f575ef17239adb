import { type FindReplyOptions, findReply, type Found } from './find-reply.ts';
import { isReceipt } from './holds-words.ts';
import { parseAnswerJson } from './parse-answer-json.ts';

const page = /^\s*<(?:!doctype|html|head|body|\?xml|\w+:envelope)\b/iu;
// Up to the next bracket only: the length of a text must bound what it costs.
const markup = /<\/?[a-z][^<>]*>/iu;
/** Text that was meant to be JSON. */
const nearlyJson = /^(?:\{\s*(?:["'}]|$)|\[\s*(?:[{"'\]]|$))/u;

/** Reads the body of a successful answer by what it is; `type` is its `Content-Type`. Pure. */
export function readAnswer(body: string, type: string | undefined, options: FindReplyOptions = {}): Found {
  const text = body.trim();
  if (text === '') return { kind: 'none' };
  const media = (type ?? '').split(';')[0]!.trim().toLowerCase();
  const isJson = /[/+]json$/u.test(media);
  const isText = media === '' || media === 'application/octet-stream' || /^text\/(?!event-stream|xml)/u.test(media);
  // Many set no type, or a wrong one: what parses as an object or a list is one.
  const value = isJson || /^[{["]/u.test(text) ? parseAnswerJson(text) : undefined;
  if (value !== undefined) {
    if (typeof value === 'string' && isReceipt(value)) return { kind: 'none' };
    return findReply(value, options);
  }
  if (page.test(text) || (media === 'text/html' && markup.test(text))) {
    return unclear('it answered with a page, which is what a proxy or a log-in says; an HTML page is no agent');
  }
  if (isJson || nearlyJson.test(text)) return unclear('its answer is not valid JSON');
  if (!isText) return unclear('its answer is of a type that is not read here; expected JSON or text');
  return isReceipt(text) ? { kind: 'none' } : { kind: 'reply', text };
}

function unclear(why: string): Found {
  return { kind: 'unclear', why };
}
