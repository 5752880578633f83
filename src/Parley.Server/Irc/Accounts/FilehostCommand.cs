using Parley.Server.Files;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Accounts;

/// <summary>
/// <c>FILEHOST TOKEN</c>: a token with which a file is uploaded (a proposal: https://github.com/ircv3/ircv3-specifications/pull/562). It is the one that
/// <c>TOKEN GENERATE FILEHOST</c> gives.
/// </summary>
internal sealed class FilehostCommand() : IrcCommand("FILEHOST", "TOKEN", "gives what you upload a file with", minParameters: 1)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!request[0].Equals("TOKEN", StringComparison.OrdinalIgnoreCase))
        {
            session.Fail(Word, "UNKNOWN_COMMAND", "Send TOKEN", IrcTexts.Word(request[0]));
        }
        else if (TokenCommand.ServicesOf(session).FirstOrDefault(service => service.Name is FileHost.ServiceName) is not { } service)
        {
            session.Fail(Word, "UNKNOWN_SERVICE", "Files are not kept here");
        }
        else if (TokenCommand.Issue(session, Word, service, scope: "") is { } token)
        {
            session.Line($":{session.Context.ServerName} FILEHOST TOKEN {token}");
        }

        return new(true);
    }
}
