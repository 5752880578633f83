using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.IrcClients;

/// <summary>An IRC client that people use, with a home of its own: it is typed at, and what it shows is in its logs.</summary>
internal abstract class IrcProgram(string home) : IAsyncDisposable
{
    /// <summary>The client's home: configuration and logs.</summary>
    protected string Home { get; } = home;

    /// <summary>Types a line.</summary>
    public abstract Task TypeAsync(string line);

    /// <summary>Waits until the client has shown a text, in whatever window.</summary>
    public Task ShowsAsync(params string[] texts) => Safety.UntilAsync(
        ShownAsync,
        shown => shown.Any(line => texts.All(text => line.Contains(text, StringComparison.Ordinal))),
        $"{GetType().Name} to show '{string.Join("' and '", texts)}' in a line");

    /// <summary>Waits until the client has shown a text in so many lines.</summary>
    public Task ShowsTimesAsync(string text, int times) => Safety.UntilAsync(
        ShownAsync,
        shown => shown.Count(line => line.Contains(text, StringComparison.Ordinal)) >= times,
        $"{GetType().Name} to show '{text}' in {times} lines");

    public abstract ValueTask DisposeAsync();

    /// <summary>What is on its screen, if it has one: not all is in its logs.</summary>
    protected virtual Task<string> ScreenAsync() => Task.FromResult("");

    private async Task<List<string>> ShownAsync()
    {
        List<string> lines = [.. (await ScreenAsync()).Split('\n')];
        foreach (string file in Directory.Exists(LogFolder) ? Directory.GetFiles(LogFolder, "*", SearchOption.AllDirectories) : [])
        {
            // The client has it open.
            using StreamReader reader = new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            lines.AddRange((await reader.ReadToEndAsync()).Split('\n'));
        }

        return lines;
    }

    private string LogFolder => Path.Combine(Home, "logs");
}
