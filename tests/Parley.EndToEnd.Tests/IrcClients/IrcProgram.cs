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
        () => Task.FromResult(Shown()),
        shown => shown.Any(line => texts.All(text => line.Contains(text, StringComparison.Ordinal))),
        $"{GetType().Name} to show '{string.Join("' and '", texts)}' in a line");

    /// <summary>How often the client has shown a text.</summary>
    public int Count(string text) => Shown().Count(line => line.Contains(text, StringComparison.Ordinal));

    public abstract ValueTask DisposeAsync();

    private List<string> Shown()
    {
        List<string> lines = [];
        foreach (string file in Directory.Exists(LogFolder) ? Directory.GetFiles(LogFolder, "*", SearchOption.AllDirectories) : [])
        {
            // The client has it open.
            using StreamReader reader = new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            lines.AddRange(reader.ReadToEnd().Split('\n'));
        }

        return lines;
    }

    private string LogFolder => Path.Combine(Home, "logs");
}
