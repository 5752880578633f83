using System.Globalization;
using Parley.Core.Events;
using Parley.Core.Queries;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/bans</c>: who is kept out of the room or silent there, until when, and why.</summary>
internal sealed class BansCommand() : LinesCommand("/bans", "show who is banned or muted in the room")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken) => RunAsync(session, cancellationToken);

    private static async ValueTask<bool> RunAsync(LinesSession session, CancellationToken cancellationToken)
    {
        if (await session.LookAsync(new FindRoom(session.Room), cancellationToken) is not { } room)
        {
            session.Reply(LinesWriter.InNoRoom);
            return true;
        }

        var entries = room.Masks(RoomMode.Ban).Where(entry => !entry.IsOverAt(session.Now)).ToList();
        if (entries.Count == 0)
        {
            session.Notify($"Nobody is banned or muted in {room.Name.Value}");
        }

        foreach (var entry in entries)
        {
            var mask = ModerationWords.MaskOf(entry);
            var whom = entry.Name.Length == 0 ? mask : $"{entry.Name} ({mask})";
            var until = entry.Until is { } end ? string.Create(CultureInfo.InvariantCulture, $" until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";
            session.Notify($"{(entry.IsMute ? "Muted" : "Banned")} - {whom}{until}, by {entry.SetBy}{(entry.Reason.Length == 0 ? "" : $" ({entry.Reason})")}");
        }

        return true;
    }
}
