import type { ComponentChildren } from 'preact';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { plain } from './hidden.tsx';

const languages = { bash, c, cpp, csharp, css, diff, go, java, javascript, json, python, rust, sql, typescript, xml, yaml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

interface Node {
  readonly scope?: string;
  readonly children: readonly (Node | string)[];
}

/** Code as spans by what each word is, or null for a language that is not known. */
export function highlight(code: string, language: string): ComponentChildren {
  if (hljs.getLanguage(language) === undefined) return null;
  const { _emitter } = hljs.highlight(code, { language, ignoreIllegals: true }) as unknown as { _emitter: { rootNode: Node } };
  return draw(_emitter.rootNode.children);
}

function draw(nodes: readonly (Node | string)[]): ComponentChildren {
  return nodes.map((node) =>
    typeof node === 'string' ? (
      plain(node)
    ) : (
      <span class={node.scope === undefined ? '' : `hl-${node.scope.split('.')[0] ?? ''}`}>{draw(node.children)}</span>
    ),
  );
}
