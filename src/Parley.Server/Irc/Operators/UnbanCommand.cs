using Parley.Core.Events;
using Parley.Server.Irc.Channels;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Operators;

/// <summary><c>UNKLINE mask</c>, <c>UNDLINE network</c>: lifts a ban from the server, as <c>UBAN DEL</c> does.</summary>
internal sealed class UnbanCommand(string word, string parameters, string summary) : IrcCommand(word, parameters, summary, minParameters: 1, right: ServerRights.Ban)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        await LiftAsync(session, Word, LineBanCommand.TargetOf(Word, request[0]), cancellationToken);
        return true;
    }

    /// <summary>Lifts a ban, and says so.</summary>
    public static async ValueTask LiftAsync(IrcSession session, string word, string target, CancellationToken cancellationToken)
    {
        var outcome = await session.Context.BanDesk.RemoveAsync(target, session.Nick, session.Registration.Login?.Id.Value ?? 0, cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            session.Fail(word, "INVALID_PARAMS", refusal, target);
        }
        else
        {
            IrcBanLists.Notice(session, $"{outcome.Ban!.Subject} is banned no more");
        }
    }
}
