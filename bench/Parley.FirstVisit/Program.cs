using System.Globalization;
using Microsoft.Playwright;
using Parley.Browser.Tests.Support;

// How long it takes somebody who was never here to see the page, and to have said something: docs/web.md.

if (args.Length is < 1 or > 3 || !Uri.TryCreate(args[0], UriKind.Absolute, out var server))
{
    Console.Error.WriteLine("usage: URL of a page of Parley [BYTES a second, 200000] [VISITS, 9]");
    return 2;
}

var bytesPerSecond = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200_000;
var visits = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 9;

using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new()
{
    ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
    Args = ["--no-sandbox", "--disable-background-networking"],
});

// In the page, as the driver's own keys come when it looks the next time, which is up to half a second later.
const string QuickHand =
    """
    globalThis.said = new Promise(resolve => {
      let typed = false;
      const look = new MutationObserver(() => {
        const input = document.getElementById('message-input');
        if (!typed && input?.checkVisibility()) {
          typed = true;
          input.value = 'hello';
          input.dispatchEvent(new InputEvent('input', { bubbles: true }));
          input.form.requestSubmit();
        }
        const last = [...document.querySelectorAll('.row-message.is-own:not(.is-sending) .message-text')].at(-1);
        if (typed && last?.textContent === 'hello') {
          look.disconnect();
          requestAnimationFrame(() => resolve(performance.now()));
        }
      });
      look.observe(document, { subtree: true, childList: true, attributes: true });
    });
    """;

List<(double Painted, double Said)> all = [];
for (var visit = 0; visit <= visits; visit++)
{
    await using var line = new SlowLine(server, bytesPerSecond);
    await using var context = await browser.NewContextAsync();
    var page = await context.NewPageAsync();
    await page.AddInitScriptAsync(QuickHand);
    await page.GotoAsync(line.Address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
    var said = await page.EvaluateAsync<double>("said");
    var painted = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN");
    Console.WriteLine($"{(visit == 0 ? "not counted" : $"visit {visit}"),-11}  seen after {painted,5:F0} ms, first message after {said,5:F0} ms, {line.Carried / 1000} kB");
    if (visit > 0)
    {
        // The first visit pays for the start of the browser, which is open when somebody follows a link.
        all.Add((painted, said));
    }
}

Console.WriteLine($"median       seen after {Median(all.Select(each => each.Painted)),5:F0} ms, first message after {Median(all.Select(each => each.Said)),5:F0} ms");
return 0;

static double Median(IEnumerable<double> times)
{
    double[] sorted = [.. times.Order()];
    return sorted[sorted.Length / 2];
}
