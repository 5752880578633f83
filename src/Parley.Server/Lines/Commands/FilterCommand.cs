using System.Text;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Queries;
using Parley.Core.Text;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/filter</c>: the word filter of the room. With <c>add</c>, <c>remove</c> or <c>try</c> and a pattern: changes it, or tries the pattern on what was said, if one may.</summary>
internal sealed class FilterCommand() : LinesCommand("/filter [add|remove|try {word}]", "show or change what nobody may say in the room")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var what = Encoding.UTF8.GetString(LinesParser.TakeWord(ref argument)).ToUpperInvariant();
        var pattern = Encoding.UTF8.GetString(argument);
        switch (what)
        {
            case "":
                return ShowAsync(session, cancellationToken);
            case "ADD" or "TRY" when pattern.Length > 0 && !WordPattern.TryParse(pattern, out _):
                session.Notify(WordPattern.Form);
                return new(true);
            case "ADD" or "REMOVE" when pattern.Length > 0:
                return SetAsync(session, new RoomModeChange(IsAdding: what == "ADD", RoomMode.Filter, pattern), cancellationToken);
            case "TRY" when pattern.Length > 0:
                return TryAsync(session, pattern, cancellationToken);
            default:
                session.Reply(output => LinesWriter.Usage(output, Usage));
                return new(true);
        }
    }

    private static async ValueTask<bool> ShowAsync(LinesSession session, CancellationToken cancellationToken)
    {
        if (await session.LookAsync(new FindRoom(session.Room), cancellationToken) is not { } room)
        {
            session.Reply(LinesWriter.InNoRoom);
            return true;
        }

        var entries = room.Masks(RoomMode.Filter);
        if (entries.Count == 0)
        {
            session.Notify($"The word filter of {room.Name} is empty");
        }

        foreach (var entry in entries)
        {
            session.Notify($"Refused - {entry.Mask}, by {entry.SetBy}");
        }

        return true;
    }

    private static async ValueTask<bool> SetAsync(LinesSession session, RoomModeChange change, CancellationToken cancellationToken)
    {
        var room = session.Room;
        if ((await session.DecideAsync(new ChangeModes(room, [change]), cancellationToken)).Modes is not { } result)
        {
            session.Reply(LinesWriter.InNoRoom);
        }
        else if (result.Refused is [(_, Verdict.ListFull), ..])
        {
            session.Notify($"The word filter of {room} is full: /filter remove something first");
        }
        else if (result.Refused is [(_, var why), ..])
        {
            ModerationWords.Tell(session, why, room.Value, "");
        }
        else if (result.Applied.Count == 0)
        {
            session.Notify(change.IsAdding ? $"The word filter of {room} refuses {change.Argument} already" : $"The word filter of {room} has no {change.Argument}");
        }

        return true;
    }

    private static async ValueTask<bool> TryAsync(LinesSession session, string pattern, CancellationToken cancellationToken)
    {
        if (session.Room.IsEmpty)
        {
            session.Reply(LinesWriter.InNoRoom);
        }
        else if (await session.TakesMoreAsync(cancellationToken))
        {
            foreach (var line in await session.TryFilterAsync(pattern, cancellationToken))
            {
                session.Notify(line);
            }
        }

        return true;
    }
}
