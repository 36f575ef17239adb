// Calls one function of the OWS SDK with arguments from the command line and prints its result, as JSON.
import * as sdk from '@open-wallet-standard/core';

const [method, ...values] = JSON.parse(process.argv[2]!) as [keyof typeof sdk, ...unknown[]];
const call = sdk[method] as (...args: unknown[]) => unknown;
process.stdout.write(JSON.stringify(call(...values) ?? null));
