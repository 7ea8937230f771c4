// Run as a process of its own: asks the server at the address given, with the key given, and prints the events.
import { askAt } from './serve.ts';

const [baseUrl = '', key = ''] = process.argv.slice(2);
console.log(JSON.stringify(await askAt(baseUrl, key === '' ? {} : { key })));
