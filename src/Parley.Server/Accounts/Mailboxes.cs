using System.Globalization;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Connections;

namespace Parley.Server.Accounts;

/// <summary>Mailboxes of accounts: from whom messages wait, and which, until somebody logs in to the account. For all threads.</summary>
/// <remarks>
/// The messages themselves are in history, whose rules say who may read them. A note is the number of the first and of the last one of
/// an author: <c>first last name</c>, under the author's identity.
/// </remarks>
internal sealed class Mailboxes(IAccountStore store) : IMailboxes, IDisposable
{
    private const string Kind = "waiting";

    /// <summary>Authors whose messages are noted; those of more are in history alone.</summary>
    private const int MaxAuthors = 100;

    /// <summary>Messages of one author that are shown at once; those before them are in history.</summary>
    private const int MaxShown = 100;

    /// <summary>Changes of one note that others are ahead of in a row, at most: then history alone has what it is about.</summary>
    private const int MaxTries = 16;

    // One at a time, so that those of one server are not in each other's way; those of others find out by what is stored.
    private readonly SemaphoreSlim _changes = new(1);

    public void Dispose() => _changes.Dispose();

    public async ValueTask<ProvenAccount?> FindAsync(UserName name, CancellationToken cancellationToken = default)
        => (await store.FindAsync(name, cancellationToken))?.Account.Proven;

    public async ValueTask NoteAsync(AccountId account, Actor from, long number)
    {
        await _changes.WaitAsync(CancellationToken.None);
        try
        {
            var key = from.Identity.Value.ToString(CultureInfo.InvariantCulture);
            for (var tries = 0; tries < MaxTries; tries++)
            {
                var known = await store.GetValueAsync(account, Kind, key, CancellationToken.None);
                if (known is null && (await store.ListValuesAsync(account, Kind, CancellationToken.None)).Count >= MaxAuthors)
                {
                    return;
                }

                var (first, last) = known is not null && TryParse(known, out var waiting) ? (Math.Min(waiting.First, number), Math.Max(waiting.Last, number)) : (number, number);
                var note = string.Create(CultureInfo.InvariantCulture, $"{first} {last} {from.Name}");
                if (await store.ExchangeValueAsync(account, Kind, key, known, note, CancellationToken.None))
                {
                    return;
                }
            }
        }
        catch (AccountStoreException)
        {
            // Who asks history for the conversation finds it.
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Shows a session whose user has just logged in what was sent while nobody was; what was shown waits no more.</summary>
    public async ValueTask ShowAsync(IBroker broker, Session session, CancellationToken cancellationToken)
    {
        if (session.User is not { Profile.Login: { } login } user)
        {
            return;
        }

        await _changes.WaitAsync(cancellationToken);
        try
        {
            var entries = new List<HistoryEntry>();
            foreach (var (key, value) in await store.ListValuesAsync(login.Id, Kind, cancellationToken))
            {
                entries.AddRange(await TakeAsync(broker, session, login.Id, user.Reader, key, value, cancellationToken));
            }

            if (entries.Count > 0)
            {
                entries.Sort(static (left, right) => left.Number.CompareTo(right.Number));
                session.Reply(output => session.PrivateFlavor.EncodeFor(new Waiting(entries), output));
            }
        }
        catch (Exception e) when (e is AccountStoreException or HistoryException)
        {
            // To be in matters more.
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Reads what a note is about, if it is not shown to another session of the account; with what is noted beside it meanwhile, at another node.</summary>
    private async ValueTask<IEnumerable<HistoryEntry>> TakeAsync(
        IBroker broker, Session session, AccountId account, DirectReader reader, string key, string? value, CancellationToken cancellationToken)
    {
        for (var tries = 0; value is not null && tries < MaxTries; tries++)
        {
            var entries = await ReadAsync(broker, session, reader, key, value, cancellationToken);
            if (await store.ExchangeValueAsync(account, Kind, key, value, null, cancellationToken))
            {
                return entries;
            }

            value = await store.GetValueAsync(account, Kind, key, cancellationToken);
        }

        return [];
    }

    private static async ValueTask<IEnumerable<HistoryEntry>> ReadAsync(
        IBroker broker, Session session, DirectReader reader, string key, string value, CancellationToken cancellationToken)
    {
        if (!TryParse(value, out var waiting) || !long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var author))
        {
            return [];
        }

        var which = new HistoryQuery(default(RoomName)) { After = waiting.First - 1, Before = waiting.Last + 1, Limit = MaxShown };
        var question = new ReadConversation(new Correspondent(waiting.From, Identity.Restore(author)), which);
        return (await broker.LookAsync(session.Id, question, cancellationToken)).Where(entry => reader.Received(entry));
    }

    private static bool TryParse(string note, out (long First, long Last, UserName From) waiting)
    {
        waiting = default;
        return note.Split(' ') is [var first, var last, var name]
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out waiting.First)
            && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out waiting.Last)
            && UserName.TryParse(name, out waiting.From);
    }
}
