// A host configuration in the manner of Teams: its font, its spacing, six actions, and the colours of its light and dark themes.
const themes = {
  light: { page: '#f5f5f5', card: '#ffffff', text: '#242424', subtle: '#616161', accent: '#4f52b2', good: '#237b4b', warning: '#835c00', attention: '#b10e1c', emphasis: '#ebebeb', accentBox: '#dfe1f7', goodBox: '#d4ecd5', line: '#d1d1d1', button: '#ffffff' },
  dark: { page: '#1f1f1f', card: '#292929', text: '#ffffff', subtle: '#adadad', accent: '#9ea2ff', good: '#92c353', warning: '#f8d22a', attention: '#f2848c', emphasis: '#3d3d3d', accentBox: '#383966', goodBox: '#1e3d22', line: '#666666', button: '#333333' },
};

const sizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
const weights = { lighter: 200, default: 400, bolder: 600 };
const type = (fontFamily) => ({ fontFamily, fontSizes: sizes, fontWeights: weights });
const face = (color, subtle) => ({ default: color, subtle, highlightColors: { default: '#ffff0044', subtle: '#ffff0022' } });
const box = (theme, backgroundColor) => ({
  backgroundColor, foregroundColors: {
    default: face(theme.text, theme.subtle), dark: face(theme.text, theme.subtle), light: face(theme.text, theme.subtle), accent: face(theme.accent, theme.accent),
    good: face(theme.good, theme.good), warning: face(theme.warning, theme.warning), attention: face(theme.attention, theme.attention),
  },
});

export const colours = themes;

export const config = (name) => {
  const theme = themes[name];
  return {
    supportsInteractivity: true,
    fontFamily: "'Segoe UI', 'DejaVu Sans', sans-serif",
    fontTypes: { default: type("'Segoe UI', 'DejaVu Sans', sans-serif"), monospace: type("Consolas, 'DejaVu Sans Mono', monospace") },
    fontSizes: sizes,
    fontWeights: weights,
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 20, padding: 12 },
    separator: { lineThickness: 1, lineColor: theme.line },
    containerStyles: { default: box(theme, theme.card), emphasis: box(theme, theme.emphasis), accent: box(theme, theme.accentBox), good: box(theme, theme.goodBox), attention: box(theme, theme.emphasis), warning: box(theme, theme.emphasis) },
    inputs: { label: { inputSpacing: 'small', requiredInputs: { color: 'default', weight: 'bolder', suffix: ' *', suffixColor: 'attention' }, optionalInputs: { color: 'default', weight: 'bolder' } }, errorMessage: { color: 'attention', weight: 'default', spacing: 'small' } },
    actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8, spacing: 'default', showCard: { actionMode: 'inline', inlineTopMargin: 8, style: 'emphasis' } },
    textStyles: { heading: { size: 'large', weight: 'bolder' }, columnHeader: { weight: 'bolder' } },
    table: { cellSpacing: 4 },
  };
};
