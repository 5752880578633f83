namespace Parley.Core.Accounts;

/// <summary>Invitations that are gone when the process ends.</summary>
public sealed class MemoryInvitationStore : IInvitationStore
{
    private readonly Lock _gate = new();
    private readonly List<ServerInvitation> _invitations = [];
    private long _lastId;

    /// <inheritdoc/>
    public ValueTask<ServerInvitation> AddAsync(ServerInvitation invitation, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var kept = invitation with { Id = ++_lastId };
            _invitations.Add(kept);
            return ValueTask.FromResult(kept);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ServerInvitation>> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<ServerInvitation>>([.. _invitations]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ServerInvitation?> FindAsync(string hash, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_invitations.Find(invitation => invitation.Hash == hash));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> UseAsync(string hash, DateTimeOffset now, CancellationToken cancellationToken = default)
        => ValueTask.FromResult(Change(hash, invitation => invitation.IsGood(now), by: 1));

    /// <inheritdoc/>
    public ValueTask GiveBackAsync(string hash, CancellationToken cancellationToken = default)
    {
        Change(hash, _ => true, by: -1);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<ServerInvitation?> RemoveAsync(long id, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var found = _invitations.Find(invitation => invitation.Id == id);
            if (found is not null)
            {
                _invitations.Remove(found);
            }

            return ValueTask.FromResult(found);
        }
    }

    private bool Change(string hash, Func<ServerInvitation, bool> isFit, int by)
    {
        lock (_gate)
        {
            var index = _invitations.FindIndex(invitation => invitation.Hash == hash);
            if (index < 0 || !isFit(_invitations[index]))
            {
                return false;
            }

            var old = _invitations[index];
            _invitations[index] = old with { Uses = old.Uses - by, Used = old.Used + by };
            return true;
        }
    }
}
