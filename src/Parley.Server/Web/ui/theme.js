/** Light or dark: as the user wants it, and else as the device is. */
export function followTheme(preferences) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const chosen = preferences.get('theme');
    const isDark = chosen === 'dark' || (chosen === 'system' && dark.matches);
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    document.querySelector('meta[name="theme-color"]').content = isDark ? '#14161c' : '#f4f5f9';
  };
  dark.addEventListener('change', apply);
  preferences.onChange(name => name === 'theme' && apply());
  apply();
}
