using System.Security.Cryptography;
using System.Text;
using Parley.Core.Accounts;

namespace Parley.Server.Accounts;

/// <summary>Tickets that log somebody in once, in place of a password: for programs that have proven who it is by other means, such as sshd.</summary>
/// <remarks>Kept in memory alone: a ticket is worth nothing after a minute, or after the server's end.</remarks>
internal sealed class OneTimeTickets(TimeProvider time)
{
    /// <summary>Time within which a ticket has to be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Number of tickets that wait to be used; the oldest gives way to one more.</summary>
    public const int MaxTickets = 1000;

    private const int Bytes = 24;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Ticket> _tickets = new(StringComparer.Ordinal);

    /// <summary>True if a text has the form of a ticket.</summary>
    public static bool IsForm(string text) => text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Issues a ticket for an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="key">The key of SSH that its owner has shown, without which the ticket is worth nothing.</param>
    public string Issue(AccountId account, SshKey key)
    {
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        lock (_gate)
        {
            while (_tickets.Count > 0 && (_tickets.Count >= MaxTickets || time.GetElapsedTime(_tickets.GetAt(0).Value.Issued) > Lifetime))
            {
                _tickets.RemoveAt(0);
            }

            _tickets.Add(KeyOf(text), new Ticket(account, key, time.GetTimestamp()));
        }

        return text;
    }

    /// <summary>Takes a ticket, which is used up by it; the key that it was issued for, or null if there is none such for this account, or its time is over.</summary>
    public SshKey? Use(string text, AccountId account)
    {
        lock (_gate)
        {
            // A ticket of somebody else's is left to its owner.
            return _tickets.TryGetValue(KeyOf(text), out var ticket)
                && ticket.Account == account
                && _tickets.Remove(KeyOf(text))
                && time.GetElapsedTime(ticket.Issued) <= Lifetime
                    ? ticket.Key : null;
        }
    }

    /// <summary>Removes the tickets for an account.</summary>
    public void RemoveAll(AccountId account)
    {
        lock (_gate)
        {
            for (var i = _tickets.Count - 1; i >= 0; i--)
            {
                if (_tickets.GetAt(i).Value.Account == account)
                {
                    _tickets.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>Looked up by a hash, so that the time of a look-up tells nothing of a ticket.</summary>
    private static string KeyOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private readonly record struct Ticket(AccountId Account, SshKey Key, long Issued);
}
