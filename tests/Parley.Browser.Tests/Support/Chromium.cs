using Microsoft.Playwright;

namespace Parley.Browser.Tests.Support;

/// <summary>The browsers that all tests share, each with a fresh profile; started by the first test that needs them.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Whole = ["chromium", "chromium-browser", "google-chrome"];

    // The same engine without what is around it, which takes a third less of the processor. It shows no notifications.
    private static readonly string[] Shell = ["chromium-headless-shell", .. Whole];

    private IPlaywright? _playwright;
    private IBrowser? _shell;
    private IBrowser? _whole;

    /// <summary>A browser; where none is installed the test is skipped, and says so.</summary>
    /// <param name="isWhole">Whether it has to show notifications.</param>
    public async Task<IBrowser> NeedAsync(bool isWhole = false)
        => isWhole ? _whole ??= await StartAsync(Whole) : _shell ??= await StartAsync(Shell);

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in new[] { _shell, _whole }.OfType<IBrowser>())
        {
            await browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private async Task<IBrowser> StartAsync(string[] names)
    {
        var program = Find(names);
        Assert.SkipWhen(program is null, $"none of these programs is installed: {string.Join(", ", names)}");
        _playwright ??= await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Headless = true,
            Args = ["--no-sandbox", "--disable-background-networking"],
        });
    }

    private static string? Find(string[] names)
        => (from name in names
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            select Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
