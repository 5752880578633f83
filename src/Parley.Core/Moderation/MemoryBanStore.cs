namespace Parley.Core.Moderation;

/// <summary>Bans that are gone when the process ends.</summary>
public sealed class MemoryBanStore : IBanStore
{
    private readonly Lock _gate = new();
    private readonly List<Ban> _bans = [];

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Ban>> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<Ban>>([.. _bans]);
        }
    }

    /// <inheritdoc/>
    public ValueTask SetAsync(Ban ban, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var index = _bans.FindIndex(other => other.Subject.IsSame(ban.Subject));
            if (index >= 0)
            {
                _bans[index] = ban;
            }
            else
            {
                _bans.Add(ban);
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(BanSubject subject, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_bans.RemoveAll(ban => ban.Subject.IsSame(subject)) > 0);
        }
    }
}
