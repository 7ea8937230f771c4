import type { ComponentChildren } from 'preact';
import { codePointName, visibleParts } from '../model/visible.ts';
import { t } from '../l10n.ts';

/** Text with what a reader would not see made visible. */
export function plain(text: string): ComponentChildren {
  const parts = visibleParts(text);
  if (parts.length === 1 && typeof parts[0] === 'string') return parts[0];
  return parts.map((part) =>
    typeof part === 'string' ? (
      part
    ) : (
      <span class="hidden-character" title={t('Hidden character {0}', codePointName(part.code))}>
        {codePointName(part.code)}
      </span>
    ),
  );
}
