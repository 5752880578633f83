namespace Parley.Core.Accounts;

/// <summary>Devices that are forgotten when the process ends.</summary>
public sealed class MemoryDeviceStore : IDeviceStore
{
    private readonly Lock _gate = new();
    private readonly List<Device> _devices = [];
    private long _lastId;

    /// <inheritdoc/>
    public ValueTask<Device> AddAsync(Device device, int most, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var kept = device with { Id = ++_lastId };
            foreach (var surplus in Of(device.Account).OrderByDescending(other => other.Until > device.Made).Skip(most - 1).ToArray())
            {
                _devices.Remove(surplus);
            }

            _devices.Add(kept);
            return ValueTask.FromResult(kept);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Device?> FindAsync(string hash, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_devices.Find(device => device.Hash == hash));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Device>> ListAsync(AccountId account, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<Device>>([.. Of(account)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask SeenAsync(string hash, DateTimeOffset time, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var index = _devices.FindIndex(device => device.Hash == hash);
            if (index >= 0)
            {
                _devices[index] = _devices[index] with { LastSeen = time, Until = until };
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<Device?> RemoveAsync(AccountId account, long id, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var found = _devices.Find(device => device.Account == account && device.Id == id);
            if (found is not null)
            {
                _devices.Remove(found);
            }

            return ValueTask.FromResult(found);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> RemoveAllAsync(AccountId account, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_devices.RemoveAll(device => device.Account == account));
        }
    }

    private IEnumerable<Device> Of(AccountId account)
        => _devices.Where(device => device.Account == account).OrderByDescending(device => device.LastSeen).ThenByDescending(device => device.Id);
}
