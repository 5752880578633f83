using System.Threading.Channels;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Push;

namespace Parley.Server.Push;

/// <summary>
/// Hands what is said on to whoever pushes it, while some account has a subscription; without one, a message costs the reading of one
/// field. Rooms call it under their locks, so it only puts the message aside.
/// </summary>
internal sealed class PushIntake : IMessageObserver
{
    /// <summary>Messages that may wait to be looked through.</summary>
    public const int Capacity = 10_000;

    private readonly Channel<PushCandidate> _candidates;
    private volatile Watched? _watched;

    public PushIntake(PushMonitor monitor) => _candidates = Channel.CreateBounded<PushCandidate>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        _ => monitor.Dropped());

    public ChannelReader<PushCandidate> Candidates => _candidates.Reader;

    /// <summary>The accounts whose names are looked for; null if there are none.</summary>
    public MentionIndex? Names => _watched?.Names;

    /// <summary>Watches for these accounts, and no others.</summary>
    public void Watch(IReadOnlyCollection<ProvenAccount> accounts)
        => _watched = accounts.Count == 0 ? null : new Watched(new MentionIndex(accounts), [.. accounts.Select(account => account.Id)]);

    public void Posted(MessagePosted message)
    {
        if (_watched is not null && IsSaid(message.Kind) && message.Draft.MinRank == MemberRank.None)
        {
            _candidates.Writer.TryWrite(new PushCandidate(message, null, null, null));
        }
    }

    public void Sent(DirectMessage message, ProvenAccount? recipient)
    {
        if (_watched is { } watched && recipient is not null && watched.Ids.Contains(recipient.Id) && IsSaid(message.Kind)
            && message.From.Identity != Identity.Of(recipient.Id))
        {
            _candidates.Writer.TryWrite(new PushCandidate(null, message, recipient, null));
        }
    }

    /// <summary>A session of somebody has ended: its rooms are those that its owner is told of while it is away. Never blocks.</summary>
    public void Left(Actor user, IReadOnlyList<RoomLife> rooms)
    {
        if (_watched is { } watched && user.Profile is { Login: { } login } profile && watched.Ids.Contains(login.Id))
        {
            _candidates.Writer.TryWrite(new PushCandidate(null, null, login, new LastPlace(user.Name, profile.Ident, profile.Host, rooms)));
        }
    }

    /// <summary>Takes no more.</summary>
    public void Complete() => _candidates.Writer.TryComplete();

    private static bool IsSaid(MessageKind kind) => kind is MessageKind.Text or MessageKind.Action or MessageKind.Notice;

    private sealed record Watched(MentionIndex Names, HashSet<AccountId> Ids);
}
