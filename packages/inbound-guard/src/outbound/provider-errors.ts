/** Whole lines that come from a model's provider or its SDK, and mean nothing to whom they would be sent. */
export const providerErrors: readonly RegExp[] = [
  /^.{0,200}\bError code: \d{3} - \{.*$/gim,
  /^.{0,80}\b(?:RateLimit|APIConnection|APITimeout|APIStatus|Authentication|PermissionDenied|InternalServer|BadRequest|Overloaded)Error: .*$/gim,
  /^.*"type": ?"(?:overloaded_error|rate_limit_error|api_error|authentication_error|invalid_request_error|permission_error)".*$/gim,
  /^.{0,200}\b(?:insufficient_quota|context_length_exceeded|invalid_api_key|model_not_found|rate_limit_exceeded)\b.*$/gim,
  /^.{0,80}\b(?:Incorrect API key provided|You exceeded your current quota|This model's maximum context length is|Rate limit reached for|prompt is too long: \d+ tokens|The server is overloaded or not ready yet).*$/gim,
];
