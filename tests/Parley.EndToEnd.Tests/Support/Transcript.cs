using System.Threading.Channels;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>What one side has said, line by line. Each line is handed out once, in the order in which it came.</summary>
internal sealed class Transcript(string title)
{
    private const int ShownLines = 60;

    private readonly Channel<string> _unread = Channel.CreateUnbounded<string>();
    private readonly List<string> _all = [];

    /// <summary>Everything that came so far, read or not.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    public void Add(string line)
    {
        lock (_all)
        {
            _all.Add(line);
        }

        _unread.Writer.TryWrite(line);
    }

    public void End() => _unread.Writer.TryComplete();

    /// <summary>The next line; null at the end.</summary>
    public async Task<string?> NextAsync(string what = "the next line", TimeSpan? limit = null)
    {
        bool isThere = await Safety.WaitForAsync(_unread.Reader.WaitToReadAsync().AsTask(), what, ToString, limit);
        return isThere && _unread.Reader.TryRead(out string? line) ? line : null;
    }

    /// <summary>Exactly these lines come next.</summary>
    public async Task ExpectAsync(params string[] lines)
    {
        foreach (string expected in lines)
        {
            string? line = await NextAsync($"'{expected}'");
            if (line != expected)
            {
                Assert.Fail($"Expected '{expected}', got '{line ?? "the end"}'.\n{this}");
            }
        }
    }

    /// <summary>The first line that will do; what comes before it is passed over.</summary>
    public async Task<string> SkipToAsync(string what, Predicate<string> willDo)
    {
        while (await NextAsync(what) is { } line)
        {
            if (willDo(line))
            {
                return line;
            }
        }

        Assert.Fail($"Expected {what}, got the end.\n{this}");
        return "";
    }

    public Task<string> SkipToAsync(string line) => SkipToAsync($"'{line}'", each => each == line);

    /// <summary>Nothing comes any more.</summary>
    public async Task ExpectEndAsync()
    {
        if (await NextAsync("the end") is { } line)
        {
            Assert.Fail($"Expected the end, got '{line}'.\n{this}");
        }
    }

    public override string ToString()
    {
        IReadOnlyList<string> all = All;
        return $"{title} has said {all.Count} lines:\n" + string.Join('\n', all.TakeLast(ShownLines).Select(line => $"  < {line}"));
    }
}
