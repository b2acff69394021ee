import { ColorThemeKind, window } from 'vscode';

/** Whether the editor shows light signs on a dark ground. */
export function isDarkTheme(): boolean {
  const { kind } = window.activeColorTheme;
  return kind === ColorThemeKind.Dark || kind === ColorThemeKind.HighContrast;
}
