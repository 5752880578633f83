using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Services;

/// <summary><c>NICKSERV command</c>, <c>NS command</c> and the like: a message to a service, which no client can send to somebody else by mistake.</summary>
internal sealed class ServiceCommand(string word, string service, string summary) : IrcCommand(word, "command [words]", summary, minParameters: 1, isBeforeRegistration: true)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var words = Enumerable.Range(0, request.Count).Select(index => request[index]);
        var text = string.Join(' ', words);
        if (session.Session.User is null && !(service == "NickServ" && IrcServices.IsBeforeRegistration(text)))
        {
            session.Numeric(IrcNumeric.ERR_NOTREGISTERED, ":You have not registered");
            return true;
        }

        await IrcServices.Find(service)!.RunAsync(session, text, cancellationToken);
        return true;
    }
}
