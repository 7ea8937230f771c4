import { render } from 'preact';
import { createChannel } from '../protocol/channel.ts';
import type { HostApi, ViewApi } from '../protocol/messages.ts';
import { createStore } from './store.ts';
import type { Store } from './store.ts';
import { App } from './view/app.tsx';
import './style/view.css';

const vscode = acquireVsCodeApi();
let handlers: ViewApi | null = null;
const call = (name: keyof ViewApi) => (argument: unknown) => handlers?.[name](argument as never);

// messages come from the host alone: a webview has no other frame that can reach it, and the channel ignores what is not its own
const channel = createChannel<HostApi>({
  post: (message) => {
    vscode.postMessage(message);
  },
  handlers: {
    events: call('events'),
    show: call('show'),
    composer: call('composer'),
    focusPrompt: call('focusPrompt'),
    saved: call('saved'),
    grounded: call('grounded'),
    notice: call('notice'),
    notes: call('notes'),
    explanation: call('explanation'),
  },
  onError: (error) => {
    console.error(error);
  },
});
addEventListener('message', (event: MessageEvent<unknown>) => channel.receive(event.data));

const store: Store = createStore(channel.remote, channel.tell, vscode);
({ handlers } = store);
const root = document.getElementById('app');
if (root !== null) render(<App store={store} />, root);
store.start();
