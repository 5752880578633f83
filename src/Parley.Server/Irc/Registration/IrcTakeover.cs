using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.Registration;

/// <summary>
/// Frees a name for whoever is logged in to the account of the one who wears it: when that one's connection is dead, as
/// after a change of networks, and the server would see it minutes later only.
/// </summary>
/// <remarks>
/// A client that answers MUST be left alone: two devices of one account, which both come back by themselves, would put each other out
/// for ever.
/// </remarks>
internal static class IrcTakeover
{
    /// <summary>Longer than it takes from anywhere, and about as long as people wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>True if the name has been freed, or may be.</summary>
    /// <param name="session">Who wants it.</param>
    /// <param name="name">The name.</param>
    /// <param name="account">The account that it has proven; null for none.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    public static async ValueTask<bool> TryAsync(IrcSession session, UserName name, ProvenAccount? account, CancellationToken cancellationToken)
    {
        var clients = session.Context.Clients;
        if (account is null
            || await session.LookAsync(new FindUser(name), cancellationToken) is not { Actor: var holder }
            || holder.Profile.Login?.Id != account.Id
            || clients.Find(holder.UserId) is not { } other
            || other == session)
        {
            return false;
        }

        var answer = other.Idle.AnswersAsync(Patience, cancellationToken);
        other.Ping();
        if (await answer)
        {
            return false;
        }

        Log.TakenOver(session.Context.Logger, session.Peer.Address, holder.Name.Value, account.Name.Value);
        other.Session.Close($"Replaced by another connection of account {account.Name.Value}");
        await clients.WhenGoneAsync(other).WaitAsync(cancellationToken);
        return true;
    }
}
