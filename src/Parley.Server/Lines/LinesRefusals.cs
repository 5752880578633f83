using System.Buffers;
using Parley.Core.Broker;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines;

/// <summary>Why the broker let somebody not into a room, or not speak there, in words.</summary>
internal static class LinesRefusals
{
    /// <param name="output">Takes the line.</param>
    /// <param name="verdict">Why not; what needs no words has none.</param>
    /// <param name="room">The room it was about.</param>
    public static void Write(IBufferWriter<byte> output, Verdict verdict, string room)
    {
        switch (verdict)
        {
            case Verdict.Banned:
                LinesWriter.Banned(output, room);
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
            case Verdict.NotInRoom or Verdict.NoSuchRoom:
                LinesWriter.InNoRoom(output);
                break;
        }
    }
}
