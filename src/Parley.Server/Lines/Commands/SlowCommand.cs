using System.Globalization;
using System.Text;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Modes;
using Parley.Core.Queries;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/slow</c>: how long people wait between two messages in the room. With seconds, or <c>off</c>: says so, if one may.</summary>
internal sealed class SlowCommand() : LinesCommand("/slow [seconds|off]", "show or set how long people wait between messages")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (argument.IsEmpty)
        {
            return ShowAsync(session, cancellationToken);
        }

        var slow = RoomModes.Of(RoomMode.Slow);
        var text = Encoding.UTF8.GetString(argument);
        var isOff = string.Equals(text, "off", StringComparison.OrdinalIgnoreCase);
        if (!slow.TryReadNumber(text, out var seconds) && !isOff)
        {
            session.Notify($"{slow.NumberFault}, or off");
            return new(true);
        }

        return SetAsync(session, new RoomModeChange(!isOff, RoomMode.Slow, isOff ? null : seconds.ToString(CultureInfo.InvariantCulture)), cancellationToken);
    }

    private static async ValueTask<bool> ShowAsync(LinesSession session, CancellationToken cancellationToken)
    {
        if (await session.LookAsync(new FindRoom(session.Room), cancellationToken) is not { } room)
        {
            session.Reply(LinesWriter.InNoRoom);
        }
        else
        {
            session.Notify(room.Numbers.TryGetValue(RoomMode.Slow, out var seconds)
                ? string.Create(CultureInfo.InvariantCulture, $"Slow mode - {seconds} s between messages")
                : "Slow mode - off");
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
        else if (result.Refused is [(_, var why), ..])
        {
            session.Notify(why == Verdict.NotOperator ? $"Only operators change slow mode in {room}" : "You are in no room, /join one");
        }
        else if (result.Applied.Count == 0)
        {
            // It is so already, and nobody was told anything.
            return await ShowAsync(session, cancellationToken);
        }

        return true;
    }
}
