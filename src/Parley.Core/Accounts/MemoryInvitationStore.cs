namespace Parley.Core.Accounts;

/// <summary>Invitations that are gone when the process ends.</summary>
public sealed class MemoryInvitationStore : IInvitationStore
{
    private readonly Lock _gate = new();
    private readonly List<Invitation> _invitations = [];
    private long _lastId;

    /// <inheritdoc/>
    public ValueTask<Invitation> AddAsync(Invitation invitation, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var kept = invitation with { Id = ++_lastId };
            _invitations.Add(kept);
            return ValueTask.FromResult(kept);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Invitation>> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<Invitation>>([.. _invitations]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Invitation?> FindAsync(string hash, CancellationToken cancellationToken = default)
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
    public ValueTask<Invitation?> RemoveAsync(long id, CancellationToken cancellationToken = default)
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

    private bool Change(string hash, Func<Invitation, bool> isFit, int by)
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
