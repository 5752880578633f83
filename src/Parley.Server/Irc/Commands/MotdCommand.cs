using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary><c>MOTD</c>: what the server has to say today (https://modern.ircdocs.horse/#motd-message).</summary>
internal sealed class MotdCommand() : IrcCommand("MOTD")
{
    public static void Write(IrcSession session) => session.Numeric(IrcNumeric.ERR_NOMOTD, ":MOTD File is missing");

    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        Write(session);
        return new(true);
    }
}
