using System.Runtime.CompilerServices;
using Parley.Core.Accounts;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Nodes;

namespace Parley.Core.Broker.Homes;

/// <summary>
/// Sends nodes the direct messages that were kept and that their sessions were not shown, by whichever home: a node knows how far it has come. Nobody else
/// may know of them, as their author was told long ago that they were sent.
/// </summary>
/// <param name="parts">The parts of the broker that decides.</param>
internal sealed class MissedDirects(BrokerParts parts)
{
    private const int PageSize = 1000;

    /// <summary>Sends nodes whose sessions stand here what they have missed, and then whatever has come for them meanwhile.</summary>
    /// <param name="nodes">The nodes, with what they know.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task TellAsync(IReadOnlyList<(HomeNode Node, NodeSnapshot Snapshot)> nodes, CancellationToken cancellationToken)
    {
        if (parts.History is { Store: ISharedHistory store } history)
        {
            var numbers = await Patiently.AskAsync(async () => await history.NumbersAsync(room: default, cancellationToken), parts.Time, cancellationToken);
            parts.Directs.GoOn(numbers);
            var noted = new HashSet<long>();
            foreach (var (node, snapshot) in nodes.Where(its => its.Snapshot.Sessions.Count > 0))
            {
                await foreach (var entry in ReadAsync(store, snapshot.LastDirect, cancellationToken))
                {
                    Tell(node, entry);
                    if (entry.RecipientId.IsAccount && IsAway(node, new AccountId(entry.RecipientId.Value)) && noted.Add(entry.Number))
                    {
                        await parts.Directs.NoteAsync(new AccountId(entry.RecipientId.Value), AuthorOf(entry), entry.Number);
                    }
                }
            }
        }

        foreach (var (node, _) in nodes)
        {
            node.HasCaughtUp();
        }
    }

    private async IAsyncEnumerable<HistoryEntry> ReadAsync(ISharedHistory store, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<HistoryEntry> page;
        do
        {
            var last = after;
            page = await Patiently.AskAsync(async () => (IReadOnlyList<HistoryEntry>?)await store.ReadDirectsAsync(last, PageSize, cancellationToken), parts.Time, cancellationToken);
            foreach (var entry in page)
            {
                yield return entry;
                after = entry.Number;
            }
        }
        while (page.Count == PageSize);
    }

    /// <summary>Sends it to those sessions of its recipient and of its author that are at the node, which knows which of them have seen it.</summary>
    private void Tell(HomeNode node, HistoryEntry entry)
    {
        var draft = new MessageDraft(entry.Kind, entry.Text) { Tags = entry.Tags, Origin = entry.PostOrigin };
        var message = new DirectMessage(entry.Number, entry.Time, AuthorOf(entry), entry.Recipient, draft) { IsKept = true };
        foreach (var session in node.Sessions)
        {
            if (session.User is not { Reader: var reader })
            {
                continue;
            }

            if (reader.Received(entry))
            {
                node.Send(new ShownTo(session.Id, new Direct(message)));
            }

            if (reader.Wrote(entry))
            {
                node.Send(new ShownTo(session.Id, new DirectEcho(message)));
            }
        }
    }

    /// <summary>True if nobody but a stand-in, at the node, is there for an account: what others may have read, it finds when it is back.</summary>
    private bool IsAway(HomeNode node, AccountId account)
        => parts.Members.Find(account) is { HasPeople: false } member && Array.Exists(member.Sessions, session => session.Node == node);

    /// <summary>The author as it is, if it is here under the name that it had; else as far as history knows it.</summary>
    private Actor AuthorOf(HistoryEntry entry)
        => parts.Names.Find(entry.Author) is { } user && user.Reader.Wrote(entry) ? user.Actor
            : entry.Actor with { UserId = entry.AuthorId.IsAccount ? 0 : -entry.AuthorId.Value };
}
