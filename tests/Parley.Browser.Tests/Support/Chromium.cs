using Microsoft.Playwright;

namespace Parley.Browser.Tests.Support;

/// <summary>The browser that all tests share, each with a fresh profile; started by the first that needs it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser; where none is installed the test is skipped, and says so.</summary>
    public async Task<IBrowser> NeedAsync()
    {
        if (_browser is not null)
        {
            return _browser;
        }

        var program = Find();
        Assert.SkipWhen(program is null, $"none of these programs is installed: {string.Join(", ", Names)}");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Headless = true,
            Args = ["--no-sandbox", "--disable-background-networking"],
        });
        return _browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find()
        => (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            from name in Names
            select Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
