using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Accounts.Outside;

/// <summary>Log-in by a ticket of <see cref="LoginTickets"/>, within the limits that hold for passwords.</summary>
internal sealed class TicketLogin(LoginTickets tickets, LoginAttempts attempts)
{
    /// <summary>The account of a ticket's owner; or what to tell the client, without a full stop.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<(Account? Account, string Refusal)> TryAsync(string ticket, string actFor, IPAddress? address, CancellationToken cancellationToken)
    {
        var owner = LoginTickets.OwnerOf(ticket);
        if (!attempts.TryBegin(address, owner, out var refusal))
        {
            return (null, refusal);
        }

        if (await tickets.FindAsync(ticket, cancellationToken) is not { } account
            || (actFor.Length > 0 && !(UserName.TryParse(actFor, out var wanted) && wanted == owner)))
        {
            return (null, "This browser is not logged in any more: log in again");
        }

        attempts.Succeeded(address, owner);
        return (account, "");
    }
}
