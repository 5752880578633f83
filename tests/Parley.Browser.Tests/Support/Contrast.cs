using Microsoft.Playwright;

namespace Parley.Browser.Tests.Support;

/// <summary>Whether texts can be read: https://www.w3.org/TR/WCAG22/#contrast-minimum</summary>
internal static class Contrast
{
    /// <summary>What has at least this much can be read by most.</summary>
    private const double Enough = 4.5;

    /// <summary>All that is written on the page and is too faint against what is behind it, with how much it has.</summary>
    public static Task<string[]> FaintTextsAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        enough => {
          const paint = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
          const parse = colour => {
            paint.clearRect(0, 0, 1, 1);
            paint.fillStyle = colour;
            paint.fillRect(0, 0, 1, 1);
            const [red, green, blue, alpha] = paint.getImageData(0, 0, 1, 1).data;
            return { rgb: [red, green, blue], alpha: alpha / 255 };
          };
          const over = (top, alpha, under) => top.map((part, at) => part * alpha + under[at] * (1 - alpha));
          const luminance = rgb => {
            const [red, green, blue] = rgb.map(part => part / 255).map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
          };
          const ratio = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
          const chain = element => (element === null ? [] : [...chain(element.parentElement), element]);
          const behind = element => chain(element).map(each => parse(getComputedStyle(each).backgroundColor))
            .reduce((under, { rgb, alpha }) => over(rgb, alpha, under), [255, 255, 255]);
          const faint = [];
          const check = (text, element, colour) => {
            const opacity = chain(element).reduce((product, each) => product * Number(getComputedStyle(each).opacity), 1);
            const ground = behind(element);
            const { rgb, alpha } = parse(colour);
            const has = ratio(over(rgb, alpha * opacity, ground), ground);
            if (opacity > 0 && has < enough) {
              faint.push(`${text.trim()} (${element.className || element.id}): ${has.toFixed(2)}`);
            }
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const { parentElement: element, textContent: text } = walker.currentNode;
            if (/[\p{L}\p{N}]/u.test(text) && element.checkVisibility({ visibilityProperty: true }) && element.closest(':disabled:not(.member)') === null) {
              check(text, element, getComputedStyle(element).color);
            }
          }

          document.querySelectorAll('[placeholder]').forEach(each => check(each.placeholder, each, getComputedStyle(each, '::placeholder').color));
          return faint;
        }
        """,
        Enough);
}
