using System.Globalization;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Protocol.Values;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.History;

// https://github.com/jpnurmi/znc-playback
//
// PRIVMSG *playback :PLAY buffers [from] [to]      ; buffers: names and masks with commas between, from and to: seconds since 1970
//                    LIST [buffers]

/// <summary>The <c>*playback</c> that clients of bouncers ask for what they missed.</summary>
internal static class Playback
{
    /// <summary>Name that clients address to ask for playback.</summary>
    public const string Name = "*playback";

    /// <summary>Of a room or a conversation, so many of the newest messages are played.</summary>
    private const int MaxMessages = 1_000;

    /// <summary>Conversations that are listed: those of late.</summary>
    private const int MaxTargets = 1_000;

    public static async ValueTask RunAsync(IrcSession session, string text, CancellationToken cancellationToken)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            switch (words is [var command, ..] ? command.ToUpperInvariant() : "")
            {
                case "PLAY" when words.Length is 2 or 3 or 4 && Bounds(words) is { } query:
                    await PlayAsync(session, words[1], query, cancellationToken);
                    break;
                case "LIST" when words.Length is 1 or 2:
                    await ListAsync(session, words.Length == 1 ? "*" : words[1], cancellationToken);
                    break;
                case "CLEAR":
                    Say(session, "What is kept here is everybody's, and is not cleared");
                    break;
                default:
                    Say(session, "Say PLAY <#channel|nick|*> [from] [to], in seconds since 1970, or LIST [#channel|nick|*]");
                    break;
            }
        }
        catch (HistoryException)
        {
            Say(session, "Messages could not be retrieved");
        }
    }

    private static async ValueTask PlayAsync(IrcSession session, string buffers, HistoryQuery query, CancellationToken cancellationToken)
    {
        // Whoever asks for playback is told when things were said, negotiated or not.
        var events = session.Context.EventsOf(session.Capabilities | IrcCapabilities.ServerTime);
        foreach (var (name, _) in await BuffersAsync(session, buffers, cancellationToken))
        {
            if (await HistoryTarget.FindAsync(session, name, cancellationToken) is not { } target)
            {
                continue;
            }

            session.LateReplay.Asked(target.Room);
            if (await target.ReadAsync(query, cancellationToken) is not { Count: > 0 } entries)
            {
                continue;
            }

            session.Batch($"chathistory {target.Name}", (batch, output) =>
            {
                foreach (var entry in entries)
                {
                    IrcPast.Write(events, entry, batch, output);
                }
            });

            // No more of it in memory than the client reads.
            session.AnswersFollow();
            if (!await session.TakesMoreAsync(cancellationToken))
            {
                break;
            }
        }
    }

    private static async ValueTask ListAsync(IrcSession session, string buffers, CancellationToken cancellationToken)
    {
        foreach (var (name, time) in await BuffersAsync(session, buffers, cancellationToken))
        {
            Say(session, string.Create(CultureInfo.InvariantCulture, $"{name} {time.ToUnixTimeMilliseconds() / 1000.0:F3}"));
        }
    }

    /// <summary>Those that a list of names and masks means.</summary>
    private static async ValueTask<IEnumerable<(string Name, DateTimeOffset Time)>> BuffersAsync(
        IrcSession session, string buffers, CancellationToken cancellationToken)
    {
        var masks = IrcTexts.List(buffers);
        var all = await new HistoryTargets(session, int.MaxValue).FindAsync(new HistoryQuery(default) { Limit = MaxTargets }, cancellationToken);
        return all.Where(target => masks.Any(mask => Glob.Matches(mask, target.Name)));
    }

    /// <summary>Behind the first time, and up to the second one; null if one of them is none.</summary>
    private static HistoryQuery? Bounds(string[] words)
    {
        var query = new HistoryQuery(default) { Limit = MaxMessages };
        for (var i = 2; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || !(seconds < 1e11))
            {
                return null;
            }

            // In milliseconds, as clients are told times.
            var time = ClientTime.FromUnixSeconds(seconds).Behind();
            query = i == 2 ? query with { Since = seconds == 0 ? null : time } : query with { Until = time };
        }

        return query;
    }

    private static void Say(IrcSession session, string text)
        => session.Line($":{Name}!{Name}@{session.Context.ServerName} NOTICE {session.Nick} :{text}");
}
