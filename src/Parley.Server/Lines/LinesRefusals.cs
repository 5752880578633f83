using System.Buffers;
using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Protocol.Lines;
using Parley.Server.Accounts;
using Parley.Server.Connections;

namespace Parley.Server.Lines;

/// <summary>Why the broker let somebody not into a room, or not speak there, in words.</summary>
internal static class LinesRefusals
{
    /// <summary>Writes why the client was not let into a room.</summary>
    public static void WriteEntry(IBufferWriter<byte> output, Decision decision, string room)
    {
        if (decision.Verdict == Verdict.NoSuchRoom)
        {
            LinesWriter.MayNotEnter(output, room);
            return;
        }

        Write(output, decision, room);
    }

    /// <summary>Writes why the client may not do something in a room.</summary>
    /// <param name="output">Takes the line.</param>
    /// <param name="decision">Why not, and for how long; what needs no words has none.</param>
    /// <param name="room">The room it was about.</param>
    public static void Write(IBufferWriter<byte> output, Decision decision, string room)
    {
        switch (decision.Verdict)
        {
            case Verdict.Banned:
                LinesWriter.Banned(output, room, BanWords.Of(decision.Ban));
                break;
            case Verdict.InviteOnly:
                LinesWriter.InviteOnly(output, room);
                break;
            case Verdict.WrongKey:
                LinesWriter.NeedsKey(output, room);
                break;
            case Verdict.RoomFull:
                LinesWriter.RoomFull(output, room);
                break;
            case Verdict.MaySayNothing:
                LinesWriter.MayNotSpeak(output, room);
                break;
            case Verdict.TooSoon:
                LinesWriter.Notice(output, $"Slow mode in {room}, wait {WaitWords.Of(decision)}");
                break;
            case Verdict.Filtered:
                LinesWriter.Notice(output, $"Not said, the word filter of {room} refuses {decision.Pattern ?? "it"}");
                break;
            case Verdict.TooManyRooms:
                LinesWriter.Notice(output, "You are in as many rooms as you may be in, /leave one first");
                break;
            case Verdict.NameNotAscii:
                LinesWriter.Notice(output, $"You cannot join {room}, {NameWords.OnlyAscii}");
                break;
            case Verdict.NotInRoom or Verdict.NoSuchRoom:
                LinesWriter.InNoRoom(output);
                break;
        }
    }
}
