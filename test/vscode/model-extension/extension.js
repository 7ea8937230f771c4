// An extension that offers VS Code a model of its own, as others do: the one thinks aloud, the other does not.
const vscode = require('vscode');

const info = (id) => ({
  id,
  name: `Rehearsed ${id}`,
  family: id,
  version: '1',
  maxInputTokens: 8000,
  maxOutputTokens: 8000,
  capabilities: {},
});

exports.activate = (context) => {
  const provider = {
    provideLanguageModelChatInformation: () => [info('thinks-aloud'), info('keeps-silent')],
    async provideLanguageModelChatResponse(model, messages, options, progress) {
      if (model.id === 'thinks-aloud') {
        progress.report(new vscode.LanguageModelThinkingPart('First I look at the offset. '));
        progress.report(new vscode.LanguageModelThinkingPart('It starts at one, so page two is empty.'));
      }
      progress.report(new vscode.LanguageModelTextPart('Start at zero.'));
    },
    provideTokenCount: async (model, text) => String(text).length,
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('rehearsed', provider));
};
