using Parley.Core.Intentions;
using Parley.Core.Rooms;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary>Words for moderators of a room.</summary>
internal static class ModerationWords
{
    /// <summary>The mask of an entry as people write it.</summary>
    public static string MaskOf(MaskEntry entry) => entry.IsMute ? entry.Mask[UserMask.MutePrefix.Length..] : entry.Mask;

    /// <summary>Tells why something was refused; nothing if it was not.</summary>
    public static void Tell(LinesSession session, Verdict verdict, string room, string whom)
    {
        switch (verdict)
        {
            case Verdict.NotOperator:
                session.Notify($"Only operators of {room} may do that");
                break;
            case Verdict.NotFounder:
                session.Notify($"That is for the founder of {room}");
                break;
            case Verdict.NotInRoom or Verdict.NoSuchRoom:
                session.Reply(LinesWriter.InNoRoom);
                break;
            case Verdict.NotHere:
                session.Reply(output => LinesWriter.NotHere(output, whom));
                break;
            case Verdict.ListFull:
                session.Notify($"The list of {room} is full: take somebody off it with /unban first");
                break;
            case Verdict.AccountsFail:
                session.Notify("Accounts cannot be looked up now, try again later");
                break;
        }
    }
}
