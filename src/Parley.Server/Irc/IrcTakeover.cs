using Parley.Core.Names;

namespace Parley.Server.Irc;

/// <summary>
/// Frees a name for whoever is logged in to the account of the one who wears it: when that one's connection is dead, as
/// after a change of networks, and the server would see it minutes later only.
/// </summary>
/// <remarks>
/// Who answers MUST be left alone: two devices of one account, which both come back by themselves, would put each other out
/// for ever.
/// </remarks>
internal static class IrcTakeover
{
    /// <summary>Longer than it takes from anywhere, and about as long as people wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether the name has been freed, or may be.</summary>
    /// <param name="session">Who wants it.</param>
    /// <param name="name">The name.</param>
    /// <param name="account">The account that it has proven; empty for none.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    public static async ValueTask<bool> TryAsync(IrcSession session, UserName name, UserName account, CancellationToken cancellationToken)
    {
        var clients = session.Context.Clients;
        if (account.IsEmpty
            || await session.Broker.FindUserAsync(name, cancellationToken) is not { Actor: var holder }
            || holder.Profile.Account != account
            || clients.Find(holder.UserId) is not { } other
            || other == session)
        {
            return false;
        }

        var answer = other.Idle.AnswersAsync(Patience, cancellationToken);
        other.Push($"PING :{session.Context.ServerName}");
        if (await answer)
        {
            return false;
        }

        Log.TakenOver(session.Context.Logger, session.Peer.Address, holder.Name.Value, account.Value);
        other.Session.Close($"Replaced by another connection of account {account.Value}");
        await clients.WhenGoneAsync(other).WaitAsync(cancellationToken);
        return true;
    }
}
