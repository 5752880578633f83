using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/times on|off</c>: shows what comes from the room with its time, on this connection only.</summary>
internal sealed class TimesCommand() : LinesCommand("/times on|off", "show the time of what is said")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (argument.SequenceEqual("on"u8) || argument.SequenceEqual("off"u8))
        {
            var shown = argument.SequenceEqual("on"u8);
            session.ShowTimes(shown);
            session.Notify(shown ? "Times are on" : "Times are off");
        }
        else
        {
            session.Reply(output => LinesWriter.Usage(output, Usage));
        }

        return new(true);
    }
}
