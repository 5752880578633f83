using System.Text;
using Parley.Cli.Chat;
using Parley.Cli.Chat.Screen.Terminal;
using Parley.Cli.Load;
using Parley.Net.Resolve;
using Parley.Net.Sweep;

namespace Parley.Fuzz.Targets;

/// <summary>Arguments of the command line, and the keys of the full-screen client.</summary>
internal static class CommandLineTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("server-address", input => IsTold(ServerAddress.TryParse(Text(input), 42069, out _, out var error), error), typeof(ServerAddress)),
        new("sweep-target", input => IsTold(TargetParser.TryParse(Text(input), 4096, out _, out var error), error), typeof(TargetParser)),
        new("name-query", input => IsTold(NameQuery.TryParse(Text(input), out _, out var error), error), typeof(NameQuery)),
        new("load-time", LoadTime, typeof(TimeAmount), typeof(TimeRange)),
        new("keys", Keys, typeof(KeyDecoder)),
    ];

    private static string Text(ReadOnlyMemory<byte> input) => Encoding.UTF8.GetString(input.Span);

    private static void IsTold(bool isRead, string? error) => FuzzTarget.Require(isRead || error is { Length: > 0 }, "A refusal says why");

    private static void LoadTime(ReadOnlyMemory<byte> input)
    {
        if (TimeRange.TryParse(Text(input), out var range))
        {
            FuzzTarget.Require(range.Min.Value <= range.Max.Value && range.Min.Value >= TimeSpan.Zero, "A range goes up");
        }
    }

    private static void Keys(ReadOnlyMemory<byte> input)
    {
        var (whole, pieces) = (new List<KeyPress>(), new List<KeyPress>());
        var decoder = new KeyDecoder();
        decoder.Feed(input.Span, whole);
        decoder.Decide(whole);
        decoder = new KeyDecoder();
        foreach (var value in input.Span)
        {
            decoder.Feed([value], pieces);
        }

        decoder.Decide(pieces);
        FuzzTarget.Require(Joined(whole).SequenceEqual(Joined(pieces)), "Keys are the same however they arrive");
    }

    /// <summary>Typed text arrives in pieces of any length.</summary>
    private static List<KeyPress> Joined(List<KeyPress> keys)
    {
        var joined = new List<KeyPress>();
        foreach (var key in keys)
        {
            if (key.Kind == KeyKind.Text && joined is [.., { Kind: KeyKind.Text } before])
            {
                joined[^1] = before with { Text = before.Text + key.Text };
            }
            else
            {
                joined.Add(key);
            }
        }

        return joined;
    }
}
