using Parley.Core.Rooms;

namespace Parley.Server.Lines;

/// <summary>
/// Changes of modes in words: of those that decide what a member may do and say. The rest concerns those outside, or nobody
/// on this protocol, and has none.
/// </summary>
internal static class LinesModeWords
{
    /// <summary>What was done, behind the name of who did it; null if there are no words for it.</summary>
    public static string? Of(RoomModeChange change) => (change.Mode, change.IsAdding) switch
    {
        (RoomMode.Operator, true) => $"made {change.Argument} an operator",
        (RoomMode.Operator, false) => $"made {change.Argument} an operator no more",
        (RoomMode.HalfOperator, true) => $"made {change.Argument} a half-operator",
        (RoomMode.HalfOperator, false) => $"made {change.Argument} a half-operator no more",
        (RoomMode.Voice, true) => $"gave {change.Argument} a voice",
        (RoomMode.Voice, false) => $"took the voice of {change.Argument}",
        (RoomMode.Moderated, true) => "made the room moderated",
        (RoomMode.Moderated, false) => "made the room moderated no more",
        (RoomMode.InviteOnly, true) => "made the room invite-only",
        (RoomMode.InviteOnly, false) => "made the room invite-only no more",
        (RoomMode.Ban, true) => $"banned {change.Argument}",
        (RoomMode.Ban, false) => $"unbanned {change.Argument}",
        _ => null,
    };
}
