using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/tags on|off</c>: puts the room before each line, and the id before messages, so that a client may be in several rooms.</summary>
internal sealed class TagsCommand() : LinesCommand("/tags on|off", "be in several rooms, each line says its own")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (!argument.SequenceEqual("on"u8) && !argument.SequenceEqual("off"u8))
        {
            session.Reply(output => LinesWriter.Usage(output, Usage));
            return new(true);
        }

        return RunAsync(session, argument.SequenceEqual("on"u8), cancellationToken);
    }

    private static async ValueTask<bool> RunAsync(LinesSession session, bool shown, CancellationToken cancellationToken)
    {
        if (!session.TryShowTags(shown))
        {
            session.Notify("You are in several rooms, leave all but one first");
            return true;
        }

        session.Notify(shown ? "Tags are on" : "Tags are off");
        await session.FollowAsync(cancellationToken);
        return true;
    }
}
