using System.Buffers;
using System.Text;
using Parley.Cli.History;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Search;
using Parley.Protocol.Irc;
using Parley.Server.Irc.History;
using Parley.Server.Lines;

namespace Parley.Fuzz.Targets;

/// <summary>Times, places in history, words to search for, and lines of an import.</summary>
internal static class HistoryTargets
{
    private static readonly RoomName Room = RoomName.TryParse("main", out var room) ? room : throw new InvalidOperationException();

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("server-time", Time, typeof(IrcServerTime)),
        new("history-reference", Reference, typeof(HistoryReference)),
        new("history-argument", input => _ = HistoryArgument.Parse(input.Span, Room, 50, TimeProvider.System), typeof(HistoryArgument)),
        new("search-words", Words, typeof(SearchWords)),
        new("modes-text", Modes, typeof(ModesText)),
        new("import", Import, typeof(HistoryLine), typeof(HistoryInput)),
    ];

    private static void Time(ReadOnlyMemory<byte> input)
    {
        if (IrcServerTime.TryParse(input.Span, out var time))
        {
            FuzzTarget.Require(time.Offset == TimeSpan.Zero, "A time is UTC");
        }
    }

    private static void Reference(ReadOnlyMemory<byte> input)
    {
        if (HistoryReference.Parse(Encoding.UTF8.GetString(input.Span), _ => Room, out var reference) is null)
        {
            _ = reference.BehindTime;
        }
    }

    private static void Words(ReadOnlyMemory<byte> input)
    {
        var words = SearchWords.Parse(Encoding.UTF8.GetString(input.Span));
        FuzzTarget.Require(words.Words.Count <= SearchWords.MaxWords, "Words to search for are bounded");
        _ = words.AreIn(input.Span);
        var terms = SearchTerms.Of(words, default);
        FuzzTarget.Require(terms.All(term => term.Text.Length > 0 && !term.Text.Contains(' ', StringComparison.Ordinal)), "A term has no space in it");
    }

    private static void Modes(ReadOnlyMemory<byte> input)
    {
        if (ModesText.TryParse(Encoding.UTF8.GetString(input.Span), out var changes))
        {
            FuzzTarget.Require(ModesText.TryParse(ModesText.Of(changes), out var again) && again.SequenceEqual(changes), "Kept modes are read as they were written");
        }
    }

    private static void Import(ReadOnlyMemory<byte> input)
    {
        try
        {
            var entry = HistoryLine.Read(Encoding.UTF8.GetString(input.Span));
            var line = new ArrayBufferWriter<byte>();
            HistoryLine.Write(entry, line);
            _ = HistoryLine.Read(Encoding.UTF8.GetString(line.WrittenSpan).TrimEnd('\n'));
        }
        catch (FormatException)
        {
            // The one way to refuse a line.
        }
    }
}
