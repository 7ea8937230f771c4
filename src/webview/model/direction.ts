const RTL =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;

/** UTF-16 units of a text that are looked at: what begins later tells nothing of how it begins. */
const HEAD = 2000;

/** The direction of a piece of Markdown by its first letter outside of code; undefined where it has none. */
export function directionOf(markdown: string): 'ltr' | 'rtl' | undefined {
  const words = markdown.slice(0, HEAD).replace(/`[^`]*`|\]\([^)]*\)|\bhttps?:\S+/g, '');
  const letter = /\p{L}/u.exec(words)?.[0];
  return letter === undefined ? undefined : RTL.test(letter) ? 'rtl' : 'ltr';
}
