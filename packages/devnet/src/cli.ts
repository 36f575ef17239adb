#!/usr/bin/env node
import { createProgram } from './cli/create-program.ts';

await createProgram().parseAsync();
