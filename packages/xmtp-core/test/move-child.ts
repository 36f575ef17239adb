// A process that moves a home to a gateway, to be killed on the way. Run by gateway.e2e.test.ts.
import '@xmtp-messaging/glibc-compat/register';
import { moveToGateway } from '../src/move-to-gateway.ts';

await moveToGateway(JSON.parse(process.argv[2]!) as Parameters<typeof moveToGateway>[0]);
